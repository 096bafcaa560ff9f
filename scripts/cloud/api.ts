import { Agent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Credentials } from '../../shared/store/credentials.ts';
import { DEFAULT_REGION, keysFrom } from './keys.ts';
import {
  type CloudAction,
  type CloudRequest,
  type CloudResponse,
  type CloudService,
  cloudVersions,
} from './models/index.ts';
import { loadSdk, type SdkClient } from './sdk.ts';

/** What the cloud API refused, with its code. */
export class CloudApiError extends Error {
  readonly code: string;

  constructor(action: string, code: string, message: string) {
    super(`${action} failed: ${code}. ${message}${hintFor(code)}`);
    this.code = code;
  }
}

/** Whether the cloud says that what a call is about is not there. */
export function isMissing(error: unknown): error is CloudApiError {
  return error instanceof CloudApiError && /^ResourceNotFound/.test(error.code);
}

/** What a call gives; undefined if the cloud says that what it is about is not there. */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Calls an action of Tencent's cloud API. Requests and answers have the types of the official SDK.
 *
 * @throws CloudApiError
 */
export type CloudApi = <Service extends CloudService, Action extends CloudAction<Service>>(
  service: Service,
  action: Action,
  parameters: CloudRequest<Service, Action>,
) => Promise<CloudResponse<Service, Action>>;

export interface CloudApiOptions {
  readonly credentials: Credentials;
  readonly region: string;
  /** Where to connect to instead of the cloud: an emulator, `http://127.0.0.1:8123`. */
  readonly origin?: string | undefined;
  /** How long an answer may take, by the kind of call. */
  readonly limits?: Limits;
}

interface Limits {
  readonly seconds: number;
  /** Invoke answers when the function has ended, which the cloud waits for up to 300 s. */
  readonly invokeSeconds: number;
}

const LIMITS: Limits = { seconds: 30, invokeSeconds: 310 };
/** The cloud takes some 20 calls of an action a second and refuses the rest, without doing them. */
const TRIES = 4;
const PAUSE_MS = 1_000;

/** The cloud API of one account in one region, by Tencent's own SDK. */
export function createCloudApi(options: CloudApiOptions): CloudApi {
  const clients = new Map<string, SdkClient>();
  const { seconds, invokeSeconds } = options.limits ?? LIMITS;

  return async (service, action, parameters) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // The models say what this action answers; the SDK itself checks nothing.
        const limit = action === 'Invoke' ? invokeSeconds : seconds;
        return (await clientOf(service, limit).request(action, parameters as object)) as never;
      } catch (error) {
        const known = cloudError(service, action, error);
        const isTooFast = /^RequestLimitExceeded/.test(known.code);
        if (!isTooFast || attempt === TRIES) throw known;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
      }
    }
  };

  function clientOf(service: CloudService, limit: number): SdkClient {
    const key = `${service} ${limit}`;
    const client = clients.get(key) ?? createClient(service, limit, options);
    clients.set(key, client);
    return client;
  }
}

function createClient(
  service: CloudService,
  limitSeconds: number,
  { credentials, region, origin }: CloudApiOptions,
): SdkClient {
  const { secretId, secretKey, sessionToken } = credentials;
  const Client = loadSdk();
  return new Client(`${service}.tencentcloudapi.com`, cloudVersions[service], {
    credential: {
      secretId,
      secretKey: secretKey.reveal(),
      ...(sessionToken ? { token: sessionToken.reveal() } : {}),
    },
    region,
    profile: {
      httpProfile: {
        protocol: origin === undefined ? 'https://' : new URL(origin).protocol.concat('//'),
        reqTimeout: limitSeconds,
        ...(origin === undefined ? {} : { agent: agentFor(new URL(origin)) }),
      },
    },
  });
}

/**
 * The cloud API as the environment has it: its keys, its region, and TENCENTCLOUD_API_ORIGIN, which
 * sends every call to an emulator.
 *
 * @throws Error without keys of Tencent Cloud
 */
export function cloudApiFrom(
  env: Readonly<Record<string, string | undefined>>,
  region = env.TENCENTCLOUD_REGION || DEFAULT_REGION,
): CloudApi {
  const origin = env.TENCENTCLOUD_API_ORIGIN || undefined;
  return createCloudApi({ credentials: keysFrom(env), region, origin });
}

/** Connects to another place and changes nothing of what is sent: the signature holds the host. */
function agentFor({ protocol, hostname, port }: URL): Agent {
  const agent = protocol === 'https:' ? new HttpsAgent() : new Agent();
  const connect = agent.createConnection.bind(agent);
  const place = { host: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)) };
  agent.createConnection = (options, done) => connect({ ...options, ...place }, done);
  return agent;
}

/** The SDK throws an error with the cloud's code, or one without where nothing of the cloud answered. */
function cloudError(service: CloudService, action: string, error: unknown): CloudApiError {
  const { code, message, type } = error as Readonly<Record<'code' | 'message' | 'type', string>>;
  if (type === 'invalid-json') {
    return new CloudApiError(action, 'NotTheCloud', 'What answered is not the cloud API.');
  }
  if (code) return new CloudApiError(action, code, message);
  const host = `${service}.tencentcloudapi.com`;
  return new CloudApiError(action, 'NoConnection', `${host}: ${message || String(error)}`);
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
  [
    /Unauthorized|AccessDenied/,
    'These keys may not do that: `npm run setup` with the keys of the owner makes a sub-account that may; docs/deploy.md has its policy.',
  ],
  [
    /InsufficientBalance/,
    'The account is in arrears, and Tencent makes and runs nothing: pay at https://console.cloud.tencent.com/expense/recharge, then run this again.',
  ],
  [
    /\.OpenService/,
    'The owner of the account has to prove who he is (实名认证) at https://console.cloud.tencent.com/developer/auth; then run this again.',
  ],
  [
    /UnOpenedService|ClsNotActivated/,
    'Open the log service by `npm run setup`, or at https://console.cloud.tencent.com/cls; then run this again.',
  ],
  [
    /\.Role$|RoleCheck|QcsRoleNotFound/,
    'Make the role by `npm run setup`, or at https://console.cloud.tencent.com/cam/role with SCF as its 角色载体; then run this again.',
  ],
  [
    /EnvironmentExceededLimit/,
    'SCF takes 4096 bytes of variables for a function: shorten the long ones in .env, then run this again.',
  ],
  [
    /LimitExceeded\.Function/,
    'Delete functions that are no longer used at https://console.cloud.tencent.com/scf, or ask there for a higher quota; then run this again.',
  ],
  [
    /UnsupportedRegion/,
    'Set TENCENTCLOUD_REGION in .env to that of your CloudBase environment, such as ap-shanghai; then run this again.',
  ],
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
