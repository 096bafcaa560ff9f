import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LogLine } from '../../scripts/emulator/scf/invocation.ts';
import { createScf, type ScfEmulator } from '../../scripts/emulator/scf/scf.ts';
import type { FunctionSpec } from '../../scripts/emulator/scf/spec.ts';
import { pushModes } from '../../scripts/emulator/wechat/push/account.ts';
import { createPush } from '../../scripts/emulator/wechat/push/push.ts';
import { samples } from '../../scripts/emulator/wechat/push/samples.ts';
import { bundleAccount } from '../../scripts/testing/callback/bundle-account.ts';
import {
  type SignedPush,
  signedPush,
  textMessage,
} from '../../scripts/testing/callback/signed-push.ts';
import { testAccount, testEnv } from '../../scripts/testing/test-account.ts';
import { builtFunction } from '../../scripts/testing/tools/fixture-build.ts';

/** The shipped bundle, in processes that behave like SCF, called over HTTP. */
const bundle = builtFunction('callback');

const spec = (name: string, mode: string, file = bundle): FunctionSpec => ({
  name,
  bundle: file,
  handler: 'index.main',
  memoryMb: 256,
  timeoutSeconds: 10,
  environment: {
    ...testEnv,
    WECHAT_MODE: mode,
  },
  http: { path: `/${name}` },
});

/** Handlers that misbehave, each at one word. */
const unruly = `
  import { Router } from 'fuwuhao';
  export const account = new Router()
    .text('sleep', async (ctx) => {
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      ctx.reply('too late');
    })
    .text('throw', () => { throw new Error('inner words'); })
    .text('reject', async () => { throw new Error('inner words'); })
    .on('text', (ctx) => ctx.reply('awake'));`;

let scf: ScfEmulator;
let removeUnruly: () => void;
const lines: LogLine[] = [];

beforeAll(async () => {
  const { fileOf, remove } = await bundleAccount(unruly);
  const file = fileOf('callback');
  removeUnruly = remove;
  scf = await createScf({
    functions: [
      ...pushModes.map((mode) => spec(mode, mode)),
      spec('unruly', 'safe', file),
      spec('misconfigured', 'safe', file),
    ].map((each) => (each.name === 'misconfigured' ? { ...each, environment: {} } : each)),
    gateway: { port: 0 },
    onLog: (line) => lines.push(line),
  });
});

afterAll(async () => {
  await scf.close();
  removeUnruly();
});

const post = async (name: string, { query, body }: SignedPush, shape = 'function-url') => {
  const response = await fetch(`${scf.url}/${name}?${new URLSearchParams(query)}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/xml', 'x-emulator-shape': shape },
  });
  return { status: response.status, body: await response.text() };
};
const pushOf = (mode: (typeof pushModes)[number], account = testAccount) =>
  signedPush(textMessage('hi', Date.now()), { mode, now: Date.now(), account });
const pushTo = (name: string, mode: (typeof pushModes)[number]) =>
  createPush({
    account: { ...testAccount, mode },
    callbackUrl: `${scf.url}/${name}`,
    now: Date.now,
  });

describe.each(pushModes)('%s mode', (mode) => {
  test('the URL can be verified', async () => {
    expect(await pushTo(mode, mode).verifyUrl()).toMatchObject({ ok: true });
  });

  test('every kind of message and event gets an answer that WeChat accepts', async () => {
    const push = pushTo(mode, mode);

    for (const message of samples('oFollower')) {
      const { deliveries, outcome } = await push.send(message);
      expect({ message, outcome }).not.toMatchObject({ outcome: { kind: 'fault' } });
      expect(deliveries).toHaveLength(1);
    }
  });

  test.each(['function-url', 'http-access', 'api-gateway'])('the event shape %s', async (shape) => {
    expect(await post(mode, pushOf(mode), shape)).toMatchObject({ status: 200 });
  });
});

describe('refused with 403 and not a word', () => {
  const plain = pushOf('plain');
  const safe = pushOf('safe');
  const stale = signedPush(textMessage('hi', 0), { mode: 'safe', now: Date.now() - 3_600_000 });
  const ciphertext = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(safe.body)?.[1] ?? '';
  const bytes = Buffer.from(ciphertext, 'base64');
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  const asked = (push: SignedPush, query: Record<string, string>): SignedPush => ({
    ...push,
    query: { ...push.query, ...query },
  });
  const resealed = (encrypted: string) =>
    signedPush('', { mode: 'safe', now: Date.now(), encrypted });

  test.each<[string, string, SignedPush]>([
    ['wrong signature', 'safe', asked(safe, { signature: '0'.repeat(40) })],
    ['missing parameters', 'safe', { ...safe, query: {} }],
    ['stale timestamp', 'safe', stale],
    ['plaintext body in safe mode', 'safe', plain],
    ['wrong msg_signature', 'safe', asked(safe, { msg_signature: '0'.repeat(40) })],
    ['another appid', 'safe', pushOf('safe', { ...testAccount, appid: 'wxffffffffffffffff' })],
    ['truncated ciphertext', 'safe', resealed(ciphertext.slice(0, -24))],
    ['bit-flipped padding', 'safe', resealed(bytes.subarray(0, 32).toString('base64'))],
    [
      'bit-flipped ciphertext',
      'safe',
      { ...safe, body: safe.body.replace(ciphertext, bytes.toString('base64')) },
    ],
    ['encryption claimed for a plain body', 'safe', asked(plain, { encrypt_type: 'aes' })],
    ['encryption claimed for a plain body', 'compat', asked(plain, { encrypt_type: 'aes' })],
  ])('%s (%s mode)', async (_, name, push) => {
    expect(await post(name, push)).toEqual({ status: 403, body: '' });
  });
});

test.each([
  ['malformed XML', '<xml><a>'],
  ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY a "aaaa">]><xml>&a;</xml>'],
  ['an over-size body', `<xml><a>${'x'.repeat(300_000)}</a></xml>`],
  ['an over-deep body', `<xml>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</xml>`],
])('%s is 400', async (_, body) => {
  const push = signedPush(body, { mode: 'plain', now: Date.now() });

  expect(await post('plain', push)).toEqual({ status: 400, body: '' });
});

test('an event that is no HTTP request is 400', async () => {
  expect(await scf.invoke('safe', { Type: 'Timer', TriggerName: 'forged' })).toMatchObject({
    ok: true,
    result: { statusCode: 400, body: '' },
  });
});

test('echostr comes back as plain text, never as a page', async () => {
  const { query } = pushOf('plain');
  const echostr = '<script>alert(1)</script>';

  const response = await fetch(`${scf.url}/safe?${new URLSearchParams({ ...query, echostr })}`);

  expect(await response.text()).toBe(echostr);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

describe('handlers that misbehave', () => {
  const say = (content: string) =>
    pushTo('unruly', 'safe').send({ openid: 'oFollower', type: 'text', Content: content });

  test('one that sleeps 10 s: WeChat is told success before its 5 s are over', async () => {
    const { deliveries, outcome } = await say('sleep');

    expect(outcome).toEqual({ kind: 'silent' });
    expect(deliveries).toHaveLength(1);
    // What the sleeper still does is done in the thawed process of the next message.
    expect(await say('still there?')).toMatchObject({
      outcome: { kind: 'reply', reply: { content: 'awake' } },
    });
    expect(reasonsOf('handler was too slow')).toHaveLength(1);
  });

  test.each(['throw', 'reject'])(
    'one that fails (%s): success, and the reason in the log',
    async (how) => {
      const before = reasonsOf('handler failed').length;

      expect(await say(how)).toMatchObject({ outcome: { kind: 'silent' } });

      const reasons = reasonsOf('handler failed').slice(before);
      expect(reasons).toHaveLength(1);
      expect(reasons[0]).toContain('inner words');
    },
  );

  function reasonsOf(event: string): string[] {
    return lines
      .filter(({ line, requestId }) => line.includes(`"${event}"`) && line.includes(requestId))
      .map(({ line }) => line);
  }
});

test('an instance with a bad configuration does not start, and its log lists all that is wrong', async () => {
  const outcome = await scf.invoke('misconfigured', {});

  expect(outcome.ok).toBe(false);
  const log = lines.filter((line) => line.function === 'misconfigured').map(({ line }) => line);
  expect(`${JSON.stringify(outcome)}${log.join()}`).toMatch(
    /WECHAT_APPID[\s\S]*WECHAT_TOKEN[\s\S]*WECHAT_ENCODING_AES_KEY/,
  );
});

test('the bundle holds no SDK, nothing of the tests and no path of the machine that built it', () => {
  const code = readFileSync(bundle, 'utf8');

  for (const foreign of ['@cloudbase', 'tcb-', 'jest', 'node_modules', process.cwd()]) {
    expect(code.includes(foreign) ? foreign : '').toBe('');
  }
});
