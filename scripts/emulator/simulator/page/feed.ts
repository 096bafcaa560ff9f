import { computed, signal } from '@preact/signals';
import type { ChatEntry } from '../bubble.ts';
import type { Change, LogEntry, Snapshot, TrafficRow } from '../feed.ts';
import { type PhoneView, viewsOf } from '../phones.ts';
import type { SectionValues } from '../sections.ts';
import { openid } from './settings.ts';

/** What the page knows of the emulators, as the feed tells it. */
export const connection = signal<'connecting' | 'open' | 'lost'>('connecting');
export const chat = signal<ReadonlyMap<number, ChatEntry>>(new Map());
/** By number, the oldest first. */
export const traffic = signal<ReadonlyMap<number, TrafficRow>>(new Map());
export const logs = signal<readonly LogEntry[]>([]);
export const sections = signal<Partial<SectionValues>>({});

export const phones = computed((): readonly PhoneView[] => {
  const shown = sections.value.phones;
  return shown ? viewsOf(shown) : [];
});

const RETRY_MS = 500;
const MAX_ROWS = 5_000;
const MAX_LINES = 2_000;

/** Listens, and goes on listening after the emulators were started anew. */
export function listen(): void {
  const source = new EventSource('emulator/feed');
  source.addEventListener('snapshot', (event) => {
    const snapshot = JSON.parse(event.data) as Snapshot;
    chat.value = new Map(snapshot.chat.map((entry) => [entry.id, entry]));
    traffic.value = new Map(snapshot.traffic.map((row) => [row.id, row]));
    logs.value = snapshot.logs;
    sections.value = snapshot.sections as Partial<SectionValues>;
    // The browser may remember somebody whom these emulators have never met.
    const known = phones.value.map((phone) => phone.openid);
    if (!known.includes(openid.value)) openid.value = known[0] ?? '';
    connection.value = 'open';
  });
  source.addEventListener('changes', (event) => apply(JSON.parse(event.data) as Change[]));
  source.onerror = () => {
    source.close();
    connection.value = 'lost';
    setTimeout(listen, RETRY_MS);
  };
}

/** A burst of changes is one change of what is drawn. */
function apply(changes: readonly Change[]): void {
  let nextChat: Map<number, ChatEntry> | undefined;
  let nextTraffic: Map<number, TrafficRow> | undefined;
  const lines: LogEntry[] = [];
  const changed: Record<string, unknown> = {};
  for (const change of changes) {
    switch (change.kind) {
      case 'chat':
        nextChat ??= new Map(chat.value);
        nextChat.set(change.entry.id, change.entry);
        break;
      case 'chat-cleared':
        nextChat = new Map(
          [...(nextChat ?? chat.value)].filter(([, { openid }]) => openid !== change.openid),
        );
        break;
      case 'traffic':
        nextTraffic ??= new Map(traffic.value);
        nextTraffic.set(change.row.id, change.row);
        break;
      case 'cleared':
        nextTraffic = new Map();
        break;
      case 'log':
        lines.push(change.line);
        break;
      case 'section':
        changed[change.name] = change.value;
        break;
    }
  }
  if (nextChat) chat.value = nextChat;
  if (nextTraffic) traffic.value = latest(nextTraffic);
  if (lines.length > 0) logs.value = [...logs.value, ...lines].slice(-MAX_LINES);
  if (Object.keys(changed).length > 0) sections.value = { ...sections.value, ...changed };
}

function latest(rows: Map<number, TrafficRow>): Map<number, TrafficRow> {
  for (const id of rows.keys()) {
    if (rows.size <= MAX_ROWS) break;
    rows.delete(id);
  }
  return rows;
}
