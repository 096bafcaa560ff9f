import { randomInt } from 'node:crypto';
import { decrypt, getSignature } from '@wecom/crypto';
import { bodyOf } from '../../emulator/wechat/push/body.ts';
import { sealPush } from '../../emulator/wechat/push/envelope.ts';
import type { PushMessage } from '../../emulator/wechat/push/messages.ts';
import { ordinary } from '../../emulator/wechat/push/ordinary.ts';
import { sampleEvent } from '../../emulator/wechat/push/samples.ts';
import { childOf, readXml, type XmlElement } from '../../emulator/wechat/push/xml-reader.ts';
import { accountIn, benchAccount } from './account.ts';
import { ANSWERED } from './rules.ts';

export const modes = ['plain', 'safe'] as const;
export type Mode = (typeof modes)[number];

/** `text`: text messages only. `mix`: every type and event that all contestants can read. */
export const workloads = ['text', 'mix'] as const;
/**
 * `echo`: texts that are answered by themselves, as the shipped account does; `word`: one text, answered so
 * by an echo and by a rule alike.
 */
export type Workload = (typeof workloads)[number] | 'echo' | 'word';

/** One push as WeChat would post it, and the text that answers it. */
export interface BenchPush {
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  readonly mode: Mode;
  readonly openid: string;
  readonly expected: string;
}

/** Few enough that nobody floods, many enough that no cache of followers stays small. */
const FOLLOWERS = 2_000;

let serial = randomInt(2 ** 30);

/** `count` pushes that no other call has made: each has its own id. */
export function makePushes(
  mode: Mode,
  workload: Workload,
  count: number,
  now: number,
): BenchPush[] {
  return Array.from({ length: count }, (_, index) => {
    serial += 1;
    const openid = `oBench${(serial % FOLLOWERS).toString(36).padStart(22, '0')}`;
    const kinds = kindsOf[workload];
    const make = kinds[index % kinds.length] as (openid: string) => Sample;
    const { message, expected } = make(openid);
    const { text } = bodyOf(accountIn(mode), message, {
      createTime: Math.floor(now / 1000),
      msgId: () => String((BigInt(now) << 20n) | BigInt(serial % 2 ** 20)),
    });
    const timestamp = String(Math.floor(now / 1000));
    const stamp = { timestamp, nonce: String(randomInt(1e8, 2 ** 31)) };
    const { query, body } = sealPush(accountIn(mode), openid, text, stamp);
    return { query, body: inOnePiece(body), mode, openid, expected };
  });
}

/** As a request brings it. The engine would join the pieces when they are first read, at the cost of who reads them. */
function inOnePiece(text: string): string {
  return Buffer.from(text).toString();
}

type Sample = { readonly message: PushMessage; readonly expected: string };

const kindsOfPush: readonly ((openid: string) => Sample)[] = [
  (openid) => ({
    message: ordinary.text(openid, `你好 ${serial} how are you?`),
    expected: `text 你好 ${serial} how are you?`,
  }),
  (openid) => media(ordinary.image(openid)),
  (openid) => media(ordinary.voice(openid)),
  (openid) => media(ordinary.video(openid)),
  (openid) => media(ordinary.shortvideo(openid)),
  (openid) => ({ message: ordinary.location(openid), expected: 'location 广州市天河区' }),
  (openid) => ({
    message: ordinary.link(openid, 'https://example.com/article', '标题', '描述'),
    expected: 'link 标题',
  }),
  ...(['CLICK', 'VIEW', 'SCAN', 'LOCATION', 'subscribe'] as const).map((name) => {
    const keys = { CLICK: 'SUPPORT', VIEW: 'https://example.com/', SCAN: 'table-7' };
    return (openid: string) => ({
      message: sampleEvent(openid, name),
      expected: `event ${name} ${name in keys ? keys[name as keyof typeof keys] : ''}`.trimEnd(),
    });
  }),
];

const kindsOf: Readonly<Record<Workload, readonly ((openid: string) => Sample)[]>> = {
  text: kindsOfPush.slice(0, 1),
  mix: kindsOfPush,
  echo: [
    (openid) => {
      const content = `你好 ${serial} how are you?`;
      return { message: ordinary.text(openid, content), expected: content };
    },
  ],
  word: [(openid) => ({ message: ordinary.text(openid, ANSWERED), expected: ANSWERED })],
};

function media(message: PushMessage & { readonly MediaId: string }): Sample {
  return { message, expected: `${message.type} ${message.MediaId}` };
}

/**
 * Why `answer` is not the reply that shows `expected`; nothing if it is. Opened with Tencent's own
 * package, which takes every padding that WeChat takes.
 */
export function problemWith(push: BenchPush, answer: string): string | undefined {
  try {
    const root = readXml(push.mode === 'plain' ? answer : opened(readXml(answer)));
    const found = fieldsOf(root, ['ToUserName', 'FromUserName', 'MsgType', 'Content']);
    const wanted = [push.openid, benchAccount.originalId, 'text', push.expected];
    if (found.every((text, index) => text === wanted[index])) return undefined;
    return `${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function opened(root: XmlElement): string {
  const { token, encodingAesKey, appid } = benchAccount;
  const names = ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'];
  const [encrypted = '', signature, timestamp = '', nonce = ''] = fieldsOf(root, names);
  if (getSignature(token, timestamp, nonce, encrypted) !== signature) throw new Error('signature');
  const { message, id } = decrypt(encodingAesKey, encrypted);
  if (id !== appid) throw new Error('appid');
  return message;
}

function fieldsOf(root: XmlElement, names: readonly string[]): (string | undefined)[] {
  return names.map((name) => childOf(root, name)?.text);
}
