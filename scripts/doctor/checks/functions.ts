import type { Finding as Found } from '../../../shared/monitoring/examination.ts';
import type { CredentialStatus } from '../../../shared/token/index.ts';
import { type Check, type Finding, failure, ok, warning } from '../check.ts';
import type { Deployment } from '../deployment.ts';

/** The used part of a day's calls from which the doctor warns. */
const FULL = 0.8;
const NOT_ASKED = warning(
  'WeChat does not answer the functions, so it was not asked.',
  'First mend what "WeChat, from the functions" says.',
);

/** What the deployed worker finds: WeChat answers only the addresses that its functions have. */
export const functionChecks: readonly Check[] = [
  {
    name: 'WeChat, from the functions',
    async run(deployment) {
      const { wechat } = await deployment.examine();
      return judge(wechat, ({ hasMenu }) =>
        hasMenu
          ? ok('WeChat answers the functions, and the account shows a menu.')
          : ok(
              `WeChat answers the functions. The account shows no menu yet; npm run invoke -- menu create @examples/menu.json --stage ${deployment.stage} makes one.`,
            ),
      );
    },
  },
  {
    name: 'token',
    async run(deployment) {
      const { credentials, tokenSource = 'document' } = await deployment.examine();
      return judge(credentials, (found) => {
        const now = deployment.clock.now();
        if (tokenSource !== 'document') return fromCloud(tokenSource, found);
        const token = found.find(({ kind }) => kind !== 'jsapi_ticket');
        if (token?.expiresAt === undefined || token.issuedAt === undefined) {
          return failure(
            'There is no token yet.',
            'See "WeChat, from the functions". With --wait the doctor waits for the first token.',
          );
        }
        const minutes = Math.round((now - token.issuedAt) / 60_000);
        if (token.expiresAt < now) {
          return failure(
            `The token has ended; it was issued ${minutes} minutes ago.`,
            'Check that the timer of token-refresh is on.',
          );
        }
        const { issuedAt } = token;
        const failing = found.find((each) => each.failures > 0 && !isSettled(each, issuedAt));
        if (failing) {
          return warning(
            `${attempts(failing.failures)} to renew the ${failing.kind} failed; the token of ${minutes} minutes ago still works.`,
            'See the log of token-refresh.',
          );
        }
        return ok(
          `The token was issued ${minutes} minutes ago, as generation ${token.generation}.`,
        );
      });
    },
  },
  {
    name: 'dead letters',
    async run(deployment) {
      const { deadJobs } = await deployment.examine();
      return judge(deadJobs, (count) =>
        count === 0
          ? ok('There is none.')
          : warning(
              `${count} jobs have failed for good.`,
              `npm run invoke -- worker list '{"state": "dead"}' --stage ${deployment.stage} lists them; retry or drop each.`,
            ),
      );
    },
  },
  {
    name: 'callback/check',
    async run(deployment) {
      const { lossy } = await deployment.examine();
      if (!lossy) return NOT_ASKED;
      return judge(lossy, ([worst]) =>
        worst
          ? warning(
              `WeChat loses ${worst.loss} of its packets to ${worst.ip}.`,
              'If this lasts, choose another region (TENCENTCLOUD_REGION).',
            )
          : ok('WeChat reaches the server of the configured URL.'),
      );
    },
  },
  {
    name: 'quotas',
    async run(deployment) {
      const { quotas } = await deployment.examine();
      if (!quotas) return NOT_ASKED;
      return judge(quotas, (all) => {
        const full = all.filter(({ used, limit }) => used >= FULL * limit);
        if (full.length === 0) return ok('Less than 80 % of each daily allowance is used.');
        const lines = full.map(({ path, used, limit }) => `${path}: ${used} of ${limit}`);
        return warning(
          `Used today: ${lines.join(', ')}.`,
          'WeChat renews the allowances at midnight in Beijing.',
        );
      });
    },
  },
];

/** What there is to say where WeChat Cloud gives the token, so that there is no document of it. */
function fromCloud(tokenSource: string, found: readonly CredentialStatus[]): Finding {
  const failing = found.find(({ failures }) => failures > 0);
  if (failing) {
    return warning(
      `${attempts(failing.failures)} to renew the ${failing.kind} failed.`,
      'See the log of token-refresh; if no page uses the JS-SDK, set WECHAT_JSAPI_TICKET=off.',
    );
  }
  return ok(
    `It comes from WeChat Cloud (TOKEN_SOURCE=${tokenSource}): token-refresh renews none, and no IP whitelist is needed.`,
  );
}

/**
 * Whether a credential only lacked the access token that has been issued since, as the ticket does when
 * the timer ticks before the address is in the whitelist. The next tick fetches it.
 */
function isSettled({ reason, failedAt = Infinity }: CredentialStatus, tokenIssuedAt: number) {
  return reason === 'access_token' && failedAt <= tokenIssuedAt;
}

function attempts(count: number): string {
  return count === 1 ? 'The last attempt' : `The last ${count} attempts`;
}

function judge<Value>(found: Found<Value>, say: (value: Value) => Finding): Finding {
  if (found.ok) return say(found.value);
  return failure(found.message, found.advice ?? 'See the log of worker.');
}

/** How long the doctor waits between two looks for a first token. */
const LOOK_EVERY_MS = 10_000;

/**
 * Waits until the functions hold a token that works: after a first deploy, and after its address came
 * into the whitelist. Gives up quietly, because the checks then say what is missing.
 */
export async function waitForToken(
  deployment: Deployment,
  limitMs: number,
  tell: (why: string) => void,
): Promise<void> {
  const until = deployment.clock.now() + limitMs;
  for (let said = ''; ; ) {
    const why = await missing(deployment);
    if (why === undefined || deployment.clock.now() >= until) return;
    if (why !== said) tell(why);
    said = why;
    await new Promise<void>((resolve) => deployment.clock.after(LOOK_EVERY_MS, resolve));
  }
}

/** Why there is no token that works. */
async function missing(deployment: Deployment): Promise<string | undefined> {
  try {
    const { wechat, credentials, tokenSource = 'document' } = await deployment.examine('anew');
    if (!wechat.ok) return wechat.message;
    if (tokenSource !== 'document') return undefined;
    if (!credentials.ok) return credentials.message;
    const now = deployment.clock.now();
    return credentials.value.some(({ expiresAt = 0 }) => expiresAt > now)
      ? undefined
      : 'There is no token yet.';
  } catch (error) {
    return (error as Error).message;
  }
}
