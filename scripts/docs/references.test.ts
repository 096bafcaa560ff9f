import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { eventName, readMessage } from '../../shared/wechat/message/message.ts';
import { decodePush, parsePush } from '../../shared/wechat/push-body.ts';
import { bodyOf } from '../emulator/wechat/push/body.ts';
import { samples } from '../emulator/wechat/push/samples.ts';
import { actionsOf } from './action-reference.ts';
import { readMessageTables } from './event-fields.ts';
import { invokable } from './invokable-actions.ts';
import { references } from './references.ts';

const root = path.resolve(import.meta.dirname, '../..');
const account = {
  originalId: 'gh_account',
  appid: 'wx0',
  token: 'token',
  encodingAesKey: 'a'.repeat(43),
  mode: 'plain',
} as const;
/** What every message has; the pages say so once. */
const common = ['openid', 'originalId', 'createdAt', 'raw', 'type', 'event'];
const ordinary = ['msgId', 'msgDataId', 'articleIndex'];

describe('reference pages', () => {
  test('are current; `npm run docs` writes them', () => {
    for (const [name, text] of Object.entries(references())) {
      expect([name, readFileSync(path.join(root, name), 'utf8')]).toEqual([name, text]);
    }
  });

  test('name every function that has actions', () => {
    const folders = readdirSync(path.join(root, 'functions'));
    const withActions = folders.filter((name) =>
      readFileSync(path.join(root, 'functions', name, 'index.ts'), 'utf8').includes('invokable('),
    );

    expect(Object.keys(invokable).sort()).toEqual(withActions.sort());
  });

  test('each example of an action is a payload that its function takes', () => {
    const functions = Object.keys(invokable) as (keyof typeof invokable)[];
    const all = functions.flatMap((name) =>
      actionsOf(name).map(([action, { schema }, { example }]) => ({
        name,
        action,
        schema,
        example,
      })),
    );
    const wrong = all.filter(({ schema, example }) => !v.is(schema, example));

    expect(all.length).toBeGreaterThan(50);
    expect(wrong.map(({ name, action }) => `${name} ${action}`)).toEqual([]);
  });

  test('each field of a message that WeChat pushes is listed, with its type', async () => {
    const { messages, events } = readMessageTables();
    const unlisted: string[] = [];
    let seen = 0;
    for (const sample of samples('oFollower')) {
      const { text } = bodyOf(account, sample, { createTime: 1_767_225_600, msgId: () => '1' });
      const message = readMessage(await parsePush(decodePush(Buffer.from(text))));
      const name = message.type === 'event' ? eventName(message) : message.type;
      const listed = (message.type === 'event' ? events : messages)[name];
      const types = new Map(listed?.map((field) => [field.name, field.type]));
      for (const [field, type] of typesIn(message)) {
        const isCommon = common.includes(field) || ordinary.includes(field);
        if (isCommon || types.get(field) === type) seen += 1;
        else unlisted.push(`${name}: ${field} is ${type}, listed as ${types.get(field)}`);
      }
    }

    expect(unlisted).toEqual([]);
    expect(seen).toBeGreaterThan(300);
  });
});

/** The fields in a message, those of `raw` apart, with the names of the pages for their types. */
function typesIn(value: object, prefix = ''): readonly [string, string][] {
  return Object.entries(value).flatMap(([name, inner]): [string, string][] => {
    const field = `${prefix}${name}`;
    if (field === 'raw') return [];
    if (Array.isArray(inner)) {
      const items: readonly unknown[] = inner;
      if (items.length === 0) return [];
      const isObject = typeof items[0] === 'object';
      const own: [string, string] = [field, `${typeof items[0]}[]`];
      return isObject
        ? [own, ...items.flatMap((item) => typesIn(Object(item), `${field}[].`))]
        : [own];
    }
    if (typeof inner !== 'object' || inner === null) return [[field, typeof inner]];
    return [[field, 'object'], ...typesIn(inner, `${field}.`)];
  });
}
