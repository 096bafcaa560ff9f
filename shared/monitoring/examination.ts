import { jobCollection } from '../jobs/index.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Config } from '../kernel/settings.ts';
import type { Store } from '../store/store.ts';
import type { CredentialStatus } from '../token/index.ts';
import type { Api } from '../wechat/client/index.ts';
import { credentialsOf, type ReadingConfig } from './readings.ts';

/** What was found out, or why it could not be. It holds no secret, so that the platform may log it. */
export type Finding<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly advice?: string };

/** What only a deployed function can tell: WeChat answers none but the addresses of its whitelist. */
export interface Examination {
  readonly wechat: Finding<{ readonly hasMenu: boolean }>;
  /** Where the token comes from; a worker that was deployed before this was known does not say it. */
  readonly tokenSource?: Config['tokenSource'];
  /** The credentials in the store; empty before the first one. */
  readonly credentials: Finding<readonly CredentialStatus[]>;
  /** Jobs that have failed for good, as far as they were counted. */
  readonly deadJobs: Finding<number>;
  /** Addresses of the callback to which WeChat loses packets. Absent if WeChat does not answer. */
  readonly lossy?: Finding<readonly { readonly ip: string; readonly loss: string }[]>;
  /** Absent if WeChat does not answer. */
  readonly quotas?: Finding<
    readonly { readonly path: string; readonly used: number; readonly limit: number }[]
  >;
}

/** The allowances that a service account uses up first. */
const WATCHED = ['/cgi-bin/message/custom/send', '/cgi-bin/user/info', '/cgi-bin/menu/create'];

export interface ExaminationOptions {
  readonly api: Pick<Api, 'menu' | 'network' | 'openapi'>;
  readonly store: Pick<Store, 'get' | 'count'>;
  readonly config: ReadingConfig;
  readonly log: Log;
}

/** Looks at the account from where the functions run. One failure does not hide the others. */
export async function examine(options: ExaminationOptions): Promise<Examination> {
  const { api, store, config, log } = options;

  async function finding<Value>(find: () => Promise<Value>): Promise<Finding<Value>> {
    try {
      return { ok: true, value: await find() };
    } catch (error) {
      if (!(error instanceof AppError)) {
        log.error('examination failed', { error });
        return { ok: false, message: 'The function failed; its log tells why.' };
      }
      const { message, details } = error;
      const { advice } = details as { readonly advice?: unknown };
      return { ok: false, message, ...(typeof advice === 'string' ? { advice } : {}) };
    }
  }

  // First, because this call makes the first token where there is none yet.
  const wechat = await finding(async () => {
    const { is_menu_open: isOpen } = await api.menu.getCurrent();
    return { hasMenu: Boolean(isOpen) };
  });
  const [credentials, deadJobs] = await Promise.all([
    finding(() => credentialsOf(store, config)),
    finding(() => store.count(jobCollection, { state: { eq: 'dead' } })),
  ]);
  const { tokenSource } = config;
  const found = { wechat, tokenSource, credentials, deadJobs };
  if (!wechat.ok) return found;
  const [lossy, quotas] = await Promise.all([finding(findLossy), finding(findQuotas)]);
  return { ...found, lossy, quotas };

  async function findLossy() {
    const answer = await api.network.checkCallback({ action: 'all', check_operator: 'DEFAULT' });
    return (answer.ping ?? [])
      .filter(({ package_loss: loss }) => Number.parseFloat(loss) > 0)
      .map(({ ip, package_loss: loss }) => ({ ip, loss }));
  }

  async function findQuotas() {
    const found = await Promise.all(
      WATCHED.map(async (path) => {
        const { quota } = await api.openapi.getQuota({ cgi_path: path });
        return { path, used: quota.used, limit: quota.daily_limit };
      }),
    );
    return found;
  }
}
