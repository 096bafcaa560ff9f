import { randomInt } from 'node:crypto';
import { collect } from '../../../shared/kernel/collect.ts';
import { createCipher } from '../../../shared/wechat/cipher.ts';
import { sign } from '../../../shared/wechat/signature.ts';
import { type Check, type Finding, failure, ok, warning } from '../check.ts';
import type { Deployment } from '../deployment.ts';

/** An event that WeChat never sends, so that no handler is meant for it. */
export const EVENT = 'fuwuhao_doctor';
/** A callback never answers more than this: WeChat takes no longer reply. */
const MAX_ANSWER_BYTES = 64 * 1024;
const REDEPLOY =
  'WECHAT_TOKEN, WECHAT_ENCODING_AES_KEY, WECHAT_MODE or WECHAT_APPID differ from the deployed ones: npm run deploy.';

const signedChecks: readonly Check[] = [
  {
    name: 'callback: URL check',
    async run(deployment) {
      const echostr = String(randomInt(1e9, 1e10));
      const { status, body, ms } = await call(deployment, 'GET', { echostr }, '');
      if (status === 200 && body === echostr)
        return late(ms, 'The callback echoes what WeChat sends');
      return refused(deployment, `${status} instead of the echo`);
    },
  },
  {
    name: 'callback: encrypted round trip',
    async run(deployment) {
      const { appid, mode, encodingAesKey, token } = deployment.config(
        'appid',
        'mode',
        'encodingAesKey',
        'token',
      );
      const message = `<xml><ToUserName>doctor</ToUserName><FromUserName>doctor</FromUserName><CreateTime>${seconds(deployment)}</CreateTime><MsgType>event</MsgType><Event>${EVENT}</Event></xml>`;
      if (mode === 'plain' || !encodingAesKey) {
        const answer = await call(deployment, 'POST', {}, message);
        return judge(
          deployment,
          answer,
          answer.body.startsWith('<xml>'),
          'The callback takes plain messages',
        );
      }
      const cipher = createCipher({ appid, encodingAesKey });
      const encrypted = cipher.encrypt(message);
      const stamp = stampOf(deployment);
      const query = {
        ...stamp,
        encrypt_type: 'aes',
        msg_signature: sign(token, stamp.timestamp, stamp.nonce, encrypted),
      };
      const envelope = `<xml><ToUserName>doctor</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`;
      const answer = await call(deployment, 'POST', query, envelope);
      const [, reply] = /<Encrypt><!\[CDATA\[([^\]]+)\]\]><\/Encrypt>/.exec(answer.body) ?? [];
      // A handler for every message answers this too; then the reply must open with our key.
      const isReply = reply !== undefined && cipher.decrypt(reply).length > 0;
      return judge(deployment, answer, isReply, 'The callback opens encrypted messages');
    },
  },
  {
    name: 'callback: forgery',
    async run(deployment) {
      const { status } = await call(
        deployment,
        'POST',
        { signature: '0'.repeat(40) },
        '<xml></xml>',
      );
      if (status === 403) return ok('A forged message is refused.');
      return failure(
        `A forged message was answered ${status}.`,
        'Another program answers at this address.',
      );
    },
  },
];

/** Inside WeChat Cloud nothing is signed. */
export const callbackChecks: readonly Check[] = signedChecks.map((check) => ({
  ...check,
  isFor: ({ env }) => (env.PUSH_DOOR || 'signed') === 'signed',
}));

const LOOK = 'The log of `callback` says why: console of SCF, tab "Log query".';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

function judge(
  deployment: Deployment,
  { status, body, ms }: Answer,
  isReply: boolean,
  what: string,
): Finding {
  if (status === 200 && (body === 'success' || isReply)) return late(ms, what);
  return refused(deployment, String(status));
}

function refused(deployment: Deployment, answer: string): Finding {
  const isForbidden = answer.startsWith('403');
  const { callbackAllowList } = deployment.config('callbackAllowList');
  if (!isForbidden || callbackAllowList === 'off') {
    return failure(`The callback answered ${answer}.`, isForbidden ? REDEPLOY : LOOK);
  }
  // It refuses what does not come from WeChat, so also what we send.
  return warning(
    'CALLBACK_ALLOW_LIST is on, and the callback refused this machine, as it should.',
    'Write to the account: if it does not answer, the log of `callback` says "address refused", the address that it saw and the headers with others. Name the right one in HTTP_ADDRESS_HEADER.',
  );
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
  deployment: Deployment,
  method: 'GET' | 'POST',
  parameters: Readonly<Record<string, string>>,
  body: string,
): Promise<Answer> {
  const { token } = deployment.config('token');
  const stamp = stampOf(deployment);
  const url = new URL(await deployment.callbackUrl());
  const signature = sign(
    token,
    parameters.timestamp ?? stamp.timestamp,
    parameters.nonce ?? stamp.nonce,
  );
  const query = { ...stamp, signature, ...parameters };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const startedAt = deployment.clock.now();
  const answer = await deployment.transport({
    method,
    url: url.href,
    headers: method === 'POST' ? { 'content-type': 'text/xml' } : {},
    body: method === 'POST' ? Buffer.from(body) : undefined,
    fresh: true,
    signal: AbortSignal.timeout(15_000),
  });
  const bytes = await collect(answer.body, MAX_ANSWER_BYTES);
  const ms = deployment.clock.now() - startedAt;
  return { status: answer.status, body: String(bytes ?? ''), ms };
}

function stampOf(deployment: Deployment) {
  return { timestamp: String(seconds(deployment)), nonce: String(randomInt(1e9, 1e10)) };
}

function seconds({ clock }: Deployment): number {
  return Math.floor(clock.now() / 1000);
}
