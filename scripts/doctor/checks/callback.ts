import { randomInt } from 'node:crypto';
import { type CallbackAnswer, call, doctorEvent, isSealed, pushEvent } from '../callback-push.ts';
import { type Check, type Finding, failure, ok, warning } from '../check.ts';
import type { Deployment } from '../deployment.ts';
import { slowCheck } from './slow.ts';

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
      const what = isSealed(deployment) ? 'opens encrypted' : 'takes plain';
      const answer = await pushEvent(deployment, doctorEvent(deployment));
      // A handler for every message answers this too; then the reply must open with our key.
      return judge(deployment, answer, answer.reply !== undefined, `The callback ${what} messages`);
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
export const callbackChecks: readonly Check[] = [...signedChecks, slowCheck].map((check) => ({
  ...check,
  isFor: (deployment) =>
    (deployment.env.PUSH_DOOR || 'signed') === 'signed' && check.isFor?.(deployment) !== false,
}));

const LOOK = 'The log of `callback` says why: console of SCF, tab "Log query".';

function judge(
  deployment: Deployment,
  { status, body, ms }: CallbackAnswer,
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
