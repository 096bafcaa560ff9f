import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createConversations } from './conversations.ts';
import type { Change } from './feed.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'conversations-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (changes: Change[] = []) => createConversations(folder, (each) => changes.push(each));
const entry = {
  openid: 'oAlice',
  at: 1,
  from: 'follower',
  via: 'push',
  bubble: { type: 'text', text: '你好' },
} as const;

describe('conversations', () => {
  test('outlive the process, less what was cleared', () => {
    const before = open();
    const { id } = before.add({ ...entry, state: 'sending' });
    before.change(id, { state: 'done' });
    before.add({ ...entry, openid: 'oBob' });
    before.addPhone({ openid: 'oBob', name: 'Bob' });
    before.clear('oBob');

    const after = open();

    expect(after.list()).toEqual([{ ...entry, id, state: 'done' }]);
    expect(after.phones().map(({ name }) => name)).toEqual(['Alice', 'Bob']);
    expect(after.add(entry).id).toBeGreaterThan(id);
  });

  test('what was on its way when the process died has failed; a torn line is left out', () => {
    const before = open();
    before.add({ ...entry, state: 'sending' });
    appendFileSync(path.join(folder, 'chat.jsonl'), '{"entry":{"id":9,"openid":"oAl');

    expect(open().list()).toEqual([{ ...entry, id: 1, state: 'failed' }]);
  });

  test('every change is told', () => {
    const changes: Change[] = [];
    const conversations = open(changes);

    const { id } = conversations.add(entry);
    conversations.change(id, { state: 'done' });
    conversations.clear('oAlice');

    expect(changes.map(({ kind }) => kind)).toEqual(['chat', 'chat', 'chat-cleared']);
  });
});
