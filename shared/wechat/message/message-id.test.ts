import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bodyOf } from '../../../scripts/emulator/wechat/push/body.ts';
import { samples } from '../../../scripts/emulator/wechat/push/samples.ts';
import { testAccount } from '../../../scripts/testing/test-account.ts';
import type { Field, PushFields } from '../fields.ts';
import { parseAnyXml } from '../xml-parser.ts';
import { readMessage } from './message.ts';
import { messageId, parseMessage, serializeMessage } from './message-id.ts';

const envelope = { ToUserName: 'gh_1', FromUserName: 'oUser', CreateTime: '1348831860' };
const idOf = (fields: PushFields) => messageId(readMessage({ ...envelope, ...fields }));
const event = (fields: PushFields) => ({ MsgType: 'event', ...fields });

/** Every way to change one text of a tree, at any depth. */
function changed(field: Field): readonly Field[] {
  if (typeof field === 'string') return [`${field}0`];
  return Object.entries(field as PushFields).flatMap(([name, value]) =>
    value === undefined ? [] : changed(value).map((other) => replaced(field, name, other)),
  );
}

function replaced(field: Exclude<Field, string>, name: string, other: Field): Field {
  if (Array.isArray(field)) return field.map((item, at) => (String(at) === name ? other : item));
  return { ...(field as PushFields), [name]: other };
}

const pushed = samples('oUser').map((message) =>
  parseAnyXml(
    bodyOf({ ...testAccount, mode: 'plain' }, message, {
      createTime: 1_348_831_860,
      msgId: () => '1',
    }).text,
  ),
);
const events = pushed.filter(({ MsgType }) => MsgType === 'event');

describe('two events are two', () => {
  test.each(events.map((fields) => [String(fields.Event), fields] as const))(
    '%s: as soon as one of its fields differs, wherever it stands',
    (_, fields) => {
      const others = (changed(fields) as readonly PushFields[]).filter(
        ({ MsgType }) => MsgType === 'event',
      );
      const ids = [fields, ...others].map((each) => messageId(readMessage(each)));

      expect(others.length).toBeGreaterThanOrEqual(4);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  test('of a kind that is not known here too', () => {
    const one = event({ Event: 'brand_new', Detail: { No: '1' } });

    expect(idOf(one)).not.toBe(idOf(event({ Event: 'brand_new', Detail: { No: '2' } })));
  });

  test.each<[string, PushFields, PushFields]>([
    ['a list and its only item', { List: ['a'] }, { List: 'a' }],
    ['a list in another order', { List: ['a', 'b'] }, { List: ['b', 'a'] }],
    ['an empty field and none', { A: '' }, {}],
    ['a field and its child', { A: { B: 'c' } }, { A: 'c', B: 'c' }],
    ['a list of pairs and an element', { A: [['B', 'c']] }, { A: { B: 'c' } }],
  ])('that differ as %s', (_, one, other) => {
    const full = (fields: PushFields) => event({ Event: 'brand_new', ...fields });
    expect(idOf(full(one))).not.toBe(idOf(full(other)));
  });
});

describe('deliveries of one message are one', () => {
  test.each(pushed.map((fields) => [String(fields.Event ?? fields.MsgType), fields] as const))(
    '%s: in any order of its fields, and after a stay in the store',
    (_, fields) => {
      const message = readMessage(fields);
      const reversed = readMessage(Object.fromEntries(Object.entries(fields).reverse()));

      expect(messageId(reversed)).toBe(messageId(message));
      expect(messageId(parseMessage(serializeMessage(message)))).toBe(messageId(message));
    },
  );

  test('whatever ciphertext stands beside the fields in compat mode', () => {
    const tap = event({ Event: 'CLICK', EventKey: 'A' });

    expect(idOf({ ...tap, Encrypt: 'x' })).toBe(idOf({ ...tap, Encrypt: 'y' }));
    expect(idOf({ ...tap, Encrypt: 'x' })).toBe(idOf(tap));
  });

  test('by its MsgId, where there is one, whatever else a repeat says', () => {
    const said = { MsgType: 'text', Content: 'a', MsgId: '1' };

    expect(idOf({ ...said, Content: 'b' })).toBe(idOf(said));
    expect(idOf({ ...said, MsgId: '2' })).not.toBe(idOf(said));
    expect(idOf({ ...said, FromUserName: 'oOther' })).not.toBe(idOf(said));
  });
});

test('any two different trees of an event have two ids', () => {
  const { tree } = fc.letrec<{ tree: PushFields; field: Field }>((tie) => ({
    tree: fc.dictionary(fc.string({ maxLength: 2 }), tie('field'), { maxKeys: 3 }),
    field: fc.oneof(
      { maxDepth: 3 },
      fc.string({ maxLength: 2 }),
      tie('tree'),
      fc.array(tie('field'), { maxLength: 2 }),
    ),
  }));
  const idOfTree = (Detail: Field) => idOf(event({ Event: 'brand_new', Detail }));

  fc.assert(
    fc.property(tree, tree, (one, other) => {
      const isSame = sorted(one) === sorted(other);
      expect(idOfTree(one) === idOfTree(other)).toBe(isSame);
    }),
    { numRuns: 5_000 },
  );
});

/** The tree as text with its names in order, told another way than the product does. */
function sorted(field: Field): string {
  if (typeof field === 'string') return `"${encodeURIComponent(field.toWellFormed())}"`;
  if (Array.isArray(field)) return `[${field.map(sorted).join()}]`;
  const entries = Object.entries(field as PushFields).map(
    ([name, value]) => `${encodeURIComponent(name)}:${sorted(value ?? '')}`,
  );
  return `{${entries.sort().join()}}`;
}
