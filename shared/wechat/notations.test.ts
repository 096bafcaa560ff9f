import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bodyOf } from '../../scripts/emulator/wechat/push/body.ts';
import type { PushMessage } from '../../scripts/emulator/wechat/push/messages.ts';
import { ordinary } from '../../scripts/emulator/wechat/push/ordinary.ts';
import { samples } from '../../scripts/emulator/wechat/push/samples.ts';
import { anyText } from '../../scripts/testing/any-text.ts';
import { testAccount } from '../../scripts/testing/test-account.ts';
import type { Field } from './fields.ts';
import { readMessage } from './message/message.ts';
import { messageId } from './message/message-id.ts';
import { decodePush, parsePush } from './push-body.ts';

const account = { ...testAccount, mode: 'plain' } as const;
const assigned = { createTime: 1_767_225_600, msgId: () => '7532594377152510308' };

async function opened(message: PushMessage, notation: 'xml' | 'json') {
  const { text } = bodyOf(account, message, assigned, { notation });
  const push = decodePush(Buffer.from(text));
  expect(push.notation).toBe(notation);
  return readMessage(await parsePush(push));
}

/** The same to a handler; and one of the deliveries of a message is known by the other. */
async function expectSame(message: PushMessage): Promise<void> {
  const [json, xml] = [await opened(message, 'json'), await opened(message, 'xml')];
  expect({ ...json, raw: undefined }).toEqual({ ...xml, raw: undefined });
  // Lists have other words in each notation. A repeat keeps its notation, so this matters to none.
  if (![json.raw, xml.raw].some(hasList)) expect(messageId(json)).toBe(messageId(xml));
}

/** In XML the items of a list stand in elements of this name. */
function hasList(field: Field | undefined): boolean {
  if (typeof field !== 'object') return false;
  return Array.isArray(field) || 'item' in field || Object.values(field).some(hasList);
}

const parsed = samples('oFollower').filter(({ type }) => type !== 'raw');

describe('a push in JSON, as into a container, is the push in XML', () => {
  test.each(parsed.map((message) => [nameOf(message), message] as const))(
    '%s',
    async (_, message) => {
      await expectSame(message);
    },
  );

  test('whatever a follower writes that XML can carry', async () => {
    const content = anyText()
      .filter((text) => !/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text))
      // A parser of XML makes one line end of two.
      .map((text) => text.replaceAll('\r', ' '));

    await fc.assert(
      fc.asyncProperty(content, async (text) => {
        const message = ordinary.text('oFollower', text);
        await expectSame(message);
      }),
    );
  });

  test('an id of 64 bits keeps all of them', async () => {
    const id = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);

    await fc.assert(
      fc.asyncProperty(id, async (MsgId) => {
        const message = { ...ordinary.text('oFollower', 'x'), MsgId };
        expect(await opened(message, 'json')).toMatchObject({ msgId: MsgId });
      }),
    );
  });
});

function nameOf(message: PushMessage): string {
  return message.type === 'event' ? message.Event : message.type;
}
