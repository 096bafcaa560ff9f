import { randomInt } from 'node:crypto';
import { collect } from '../../../shared/kernel/collect.ts';
import { createCipher } from '../../../shared/wechat/cipher.ts';
import { sign } from '../../../shared/wechat/signature.ts';
import { type Check, type Finding, failure, ok, warning } from '../check.ts';
import type { DoctorWorld } from '../world.ts';

/** An event that WeChat never sends, so that no handler takes it for anything. */
const EVENT = 'fuwuhao_doctor';
/** No answer of a callback is longer: WeChat takes no reply that is. */
const MAX_ANSWER_BYTES = 64 * 1024;
const REDEPLOY =
  'WECHAT_TOKEN, WECHAT_ENCODING_AES_KEY, WECHAT_MODE or WECHAT_APPID here are not those that are deployed: npm run deploy.';

export const callbackChecks: readonly Check[] = [
  {
    name: 'callback: URL check',
    async run(world) {
      const echostr = String(randomInt(1e9, 1e10));
      const { status, body, ms } = await call(world, 'GET', { echostr }, '');
      if (status === 200 && body === echostr) return late(ms, 'It echoes what WeChat sends');
      return failure(
        `It answered ${status} instead of the echo.`,
        status === 403 ? REDEPLOY : LOOK,
      );
    },
  },
  {
    name: 'callback: encrypted round trip',
    async run(world) {
      const { appid, mode, encodingAesKey, token } = world.config(
        'appid',
        'mode',
        'encodingAesKey',
        'token',
      );
      const message = `<xml><ToUserName>doctor</ToUserName><FromUserName>doctor</FromUserName><CreateTime>${seconds(world)}</CreateTime><MsgType>event</MsgType><Event>${EVENT}</Event></xml>`;
      if (mode === 'plain' || !encodingAesKey) {
        const answer = await call(world, 'POST', {}, message);
        return judge(answer, answer.body.startsWith('<xml>'), 'It takes plain messages');
      }
      const cipher = createCipher({ appid, encodingAesKey });
      const encrypted = cipher.encrypt(message);
      const stamp = stampOf(world);
      const query = {
        ...stamp,
        encrypt_type: 'aes',
        msg_signature: sign(token, stamp.timestamp, stamp.nonce, encrypted),
      };
      const envelope = `<xml><ToUserName>doctor</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`;
      const answer = await call(world, 'POST', query, envelope);
      const [, reply] = /<Encrypt><!\[CDATA\[([^\]]+)\]\]><\/Encrypt>/.exec(answer.body) ?? [];
      // A handler for everything answers this too; its reply must be for us to open.
      const isReply = reply !== undefined && cipher.decrypt(reply).length > 0;
      return judge(answer, isReply, 'It opens encrypted messages');
    },
  },
  {
    name: 'callback: forgery',
    async run(world) {
      const { status } = await call(world, 'POST', { signature: '0'.repeat(40) }, '<xml></xml>');
      if (status === 403) return ok('A forged message is refused.');
      return failure(
        `A forged message was answered ${status}.`,
        'Something else answers at this address.',
      );
    },
  },
];

const LOOK = 'The log of `callback` says why: console of SCF, tab "Log query".';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

function judge({ status, body, ms }: Answer, isReply: boolean, what: string): Finding {
  if (status === 200 && (body === 'success' || isReply)) return late(ms, what);
  return failure(`It answered ${status}.`, status === 403 ? REDEPLOY : LOOK);
}

/** WeChat hangs up after 5 s. */
function late(ms: number, what: string) {
  if (ms < 2_500) return ok(`${what}, in ${ms} ms.`);
  return warning(
    `${what}, but only after ${ms} ms of the 5000 that WeChat waits.`,
    'More memory makes a cold start faster.',
  );
}

async function call(
  world: DoctorWorld,
  method: 'GET' | 'POST',
  parameters: Readonly<Record<string, string>>,
  body: string,
): Promise<Answer> {
  const { token } = world.config('token');
  const stamp = stampOf(world);
  const url = new URL(await world.callbackUrl());
  const signature = sign(
    token,
    parameters.timestamp ?? stamp.timestamp,
    parameters.nonce ?? stamp.nonce,
  );
  const query = { ...stamp, signature, ...parameters };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const startedAt = world.clock.now();
  const answer = await world.transport({
    method,
    url: url.href,
    headers: method === 'POST' ? { 'content-type': 'text/xml' } : {},
    body: method === 'POST' ? Buffer.from(body) : undefined,
    fresh: true,
    signal: AbortSignal.timeout(15_000),
  });
  const bytes = await collect(answer.body, MAX_ANSWER_BYTES);
  const ms = world.clock.now() - startedAt;
  return { status: answer.status, body: String(bytes ?? ''), ms };
}

function stampOf(world: DoctorWorld) {
  return { timestamp: String(seconds(world)), nonce: String(randomInt(1e9, 1e10)) };
}

function seconds({ clock }: DoctorWorld): number {
  return Math.floor(clock.now() / 1000);
}
