import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { urlToHttpOptions } from 'node:url';
import { signedHeaders } from '../../shared/app/wake/tc3.ts';
import type { Credentials } from '../../shared/store/credentials.ts';

/** What the cloud API refused, with its code. */
export class CloudApiError extends Error {
  readonly code: string;

  constructor(action: string, code: string, message: string) {
    super(`${action} failed: ${code}. ${message}${hintFor(code)}`);
    this.code = code;
  }
}

const versions = {
  cam: '2019-01-16',
  scf: '2018-04-16',
  tcb: '2018-06-08',
  flexdb: '2018-11-27',
} as const;
export type CloudService = keyof typeof versions;

/** Calls an action of Tencent's cloud API. @throws CloudApiError */
export type CloudApi = <Answer extends object>(
  service: CloudService,
  action: string,
  parameters: object,
) => Promise<Answer>;

const LIMIT_MS = 30_000;
/** The cloud takes some 20 calls of an action a second and refuses the rest, without doing them. */
const TRIES = 4;
const PAUSE_MS = 1_000;

export function createCloudApi(credentials: Credentials, region: string): CloudApi {
  const once: CloudApi = async (service, action, parameters) => {
    const url = new URL(`https://${service}.tencentcloudapi.com/`);
    const body = JSON.stringify(parameters);
    const version = versions[service];
    const headers = signedHeaders(
      { url, service, action, version, region, body, now: Date.now() },
      credentials,
    );
    const { Response } = parse(action, await post(action, url, headers, body));
    const { Error: error, ...answer } = Response;
    if (error) throw new CloudApiError(action, error.Code, error.Message);
    return answer as never;
  };
  return async (...call) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(...call);
      } catch (error) {
        const isTooFast =
          error instanceof CloudApiError && /^RequestLimitExceeded/.test(error.code);
        if (!isTooFast || attempt === TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
      }
    }
  };
}

interface Envelope {
  readonly Response: {
    readonly Error?: { readonly Code: string; readonly Message: string };
  };
}

function parse(action: string, answer: string): Envelope {
  try {
    return JSON.parse(answer) as Envelope;
  } catch {
    throw new CloudApiError(action, 'NotTheCloud', 'What answered is not the cloud API.');
  }
}

function post(
  action: string,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    // Two arguments: an old library in the Serverless Framework replaces `request` by one of two.
    const outgoing = request(
      { ...urlToHttpOptions(url), method: 'POST', headers, timeout: LIMIT_MS },
      (answer) => {
        text(answer).then(resolve, reject);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer in ${LIMIT_MS / 1000} s`)));
    outgoing.on('error', ({ message }) =>
      reject(new CloudApiError(action, 'NoConnection', `${url.host}: ${message}`)),
    );
    outgoing.end(body);
  });
}

/** What to do about it, for what happens to everyone once. */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /^AuthFailure\.SignatureFailure|^SignatureDoesNotMatch/,
    'TENCENTCLOUD_SECRET_KEY does not belong to TENCENTCLOUD_SECRET_ID.',
  ],
  [/SecretIdNotFound|InvalidAccessKeyId/, 'There is no such TENCENTCLOUD_SECRET_ID (any more).'],
  [/SignatureExpire|RequestTimeTooSkewed/, 'The clock of this machine is wrong.'],
  [/TokenFailure|InvalidSecurity/, 'TENCENTCLOUD_SESSION_TOKEN is wrong or has ended.'],
  [/Unauthorized|AccessDenied/, 'These keys may not do that: see the policies in docs/deploy.md.'],
  [
    /EnvNotFound/,
    'CLOUDBASE_ENV_ID or TENCENTCLOUD_REGION is wrong, or the keys are of another account.',
  ],
];

/** With a space before it; empty if nothing is known. */
export function hintFor(code: string): string {
  const [, hint] = hints.find(([pattern]) => pattern.test(code)) ?? [];
  return hint === undefined ? '' : ` ${hint}`;
}
