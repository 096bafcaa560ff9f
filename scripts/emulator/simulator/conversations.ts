import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ChatEntry } from './bubble.ts';
import type { Emit } from './feed.ts';

/** Of all chats together; older ones are forgotten at the next start. */
const MAX_ENTRIES = 2_000;
const MAX_PHONES = 1_000;

/** A follower who has a tab on the page. */
export interface Phone {
  readonly openid: string;
  readonly name: string;
}

/** What was said in each chat, and who has one. Both outlive the process. */
export interface Conversations {
  phones(): readonly Phone[];
  hasPhone(openid: string): boolean;
  /** Nothing happens if there is one already, or if there are too many. */
  addPhone(phone: Phone): void;
  removePhone(openid: string): void;
  add(entry: Omit<ChatEntry, 'id'>): ChatEntry;
  change(id: number, change: Partial<ChatEntry>): void;
  list(): readonly ChatEntry[];
  of(openid: string): readonly ChatEntry[];
  clear(openid: string): void;
}

type Line = { readonly entry: ChatEntry } | { readonly cleared: string };

export function createConversations(folder: string | undefined, emit: Emit): Conversations {
  if (folder) mkdirSync(folder, { recursive: true });
  const chatFile = folder && path.join(folder, 'chat.jsonl');
  const phonesFile = folder && path.join(folder, 'phones.json');
  let phones = load<readonly Phone[]>(phonesFile, JSON.parse) ?? [
    { openid: 'oAlice', name: 'Alice' },
  ];
  const entries = new Map<number, ChatEntry>(
    (load(chatFile, readLines) ?? [])
      .slice(-MAX_ENTRIES)
      .map((entry) => [entry.id, settled(entry)]),
  );
  let lastId = Math.max(0, ...entries.keys());
  if (chatFile)
    writeFileSync(chatFile, [...entries.values()].map((entry) => toLine({ entry })).join(''));

  return {
    phones: () => phones,
    hasPhone: (openid) => phones.some((phone) => phone.openid === openid),
    addPhone(phone) {
      if (phones.length >= MAX_PHONES) return;
      if (phones.some(({ openid }) => openid === phone.openid)) return;
      setPhones([...phones, phone]);
    },
    removePhone(openid) {
      setPhones(phones.filter((phone) => phone.openid !== openid));
    },
    add(entry) {
      lastId += 1;
      return put({ id: lastId, ...entry });
    },
    change(id, change) {
      const entry = entries.get(id);
      if (entry) put({ ...entry, ...change });
    },
    list: () => [...entries.values()],
    of: (openid) => [...entries.values()].filter((entry) => entry.openid === openid),
    clear(openid) {
      for (const entry of entries.values()) if (entry.openid === openid) entries.delete(entry.id);
      write({ cleared: openid });
      emit({ kind: 'chat-cleared', openid });
    },
  };

  function put(entry: ChatEntry): ChatEntry {
    entries.set(entry.id, entry);
    write({ entry });
    emit({ kind: 'chat', entry });
    return entry;
  }

  function setPhones(next: readonly Phone[]): void {
    phones = next;
    if (phonesFile) writeFileSync(phonesFile, JSON.stringify(phones));
  }

  function write(line: Line): void {
    if (chatFile) appendFileSync(chatFile, toLine(line));
  }
}

function toLine(line: Line): string {
  return `${JSON.stringify(line)}\n`;
}

/** What was on its way when the emulator ended will never arrive. */
function settled(entry: ChatEntry): ChatEntry {
  return entry.state === 'sending' ? { ...entry, state: 'failed' } : entry;
}

function readLines(text: string): ChatEntry[] {
  const entries = new Map<number, ChatEntry>();
  for (const line of text.split('\n')) {
    const read = parse(line);
    if (!read) continue;
    if ('entry' in read) entries.set(read.entry.id, read.entry);
    else
      for (const { id, openid } of entries.values())
        if (openid === read.cleared) entries.delete(id);
  }
  return [...entries.values()];
}

/** The last line may be torn; a chat is not worth refusing to start for. */
function parse(line: string): Line | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as Line);
  } catch {
    return undefined;
  }
}

function load<T>(file: string | undefined, read: (text: string) => T): T | undefined {
  try {
    return file === undefined ? undefined : read(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
