import { createHash } from 'node:crypto';
import type { Clock } from '../../../../shared/kernel/clock.ts';
import type { Account } from '../account.ts';
import type { Conditions, Ending } from './conditions.ts';
import { CloudError } from './error.ts';
import { type CloudFunction, type Trigger, timeText } from './function.ts';
import type { Runtime } from './runtime.ts';

export interface FunctionId {
  readonly FunctionName: string;
  readonly Namespace: string;
}

/** The functions of all namespaces. Whatever changes one makes it run as it is then. */
export interface Functions {
  /** @throws CloudError if there is none. */
  get(id: FunctionId): CloudFunction;
  list(): readonly CloudFunction[];
  /** @throws CloudError if there is one already, or its package could not run. */
  create(fn: NewFunction): Promise<void>;
  /** @throws CloudError while an earlier change is still going on. */
  change(id: FunctionId, changes: Partial<CloudFunction>): Promise<void>;
  /** Triggers and settings beside the function: it stays active meanwhile. */
  adjust(id: FunctionId, changes: Partial<CloudFunction>): Promise<void>;
  remove(id: FunctionId): Promise<void>;
  status(fn: CloudFunction): 'Active' | CloudFunction['pending'] | Ending['Status'];
  /** Puts it behind a path of its environment's HTTP access service, or behind none. */
  route(id: FunctionId, path: string | undefined): Promise<void>;
  /** Where on this machine a request to an address of a function goes; undefined if it is none. */
  addressOf(host: string, url: string): string | undefined;
}

export type NewFunction = Omit<
  CloudFunction,
  'FunctionId' | 'Triggers' | 'readyAt' | 'pending' | 'failure' | 'ModTime' | 'AddTime'
>;

export interface FunctionsOptions {
  readonly account: Account;
  readonly now: Clock['now'];
  readonly activationMs: number;
  readonly runtime: Runtime;
  readonly conditions: Conditions;
}

/** The hosts of an environment's HTTP access service: of before, and of today. */
const HTTP_ACCESS = /^([\w-]+)\.(?:service|[a-z-]+\.app)\.tcloudbase\.com$/;

export function createFunctions(options: FunctionsOptions): Functions {
  const { account, now, activationMs, runtime, conditions } = options;
  const functions = new Map<string, CloudFunction>();
  const routes = new Map<string, string>();

  return {
    get,
    list: () => [...functions.values()],
    async create(fn) {
      if (functions.has(keyOf(fn))) {
        throw new CloudError('ResourceInUse.FunctionName', `${fn.FunctionName} exists.`);
      }
      demandRoom(fn.Namespace);
      const made: CloudFunction = {
        ...fn,
        FunctionId: `lam-${digest(keyOf(fn)).slice(0, 8)}`,
        Triggers: [],
        ...changing('Creating', conditions.takeEnding('CreateFailed', fn.FunctionName)),
        AddTime: timeText(now()),
      };
      // The name is taken at once: of two callers at the same time one gets it.
      functions.set(keyOf(fn), made);
      try {
        await run(made);
      } catch (error) {
        functions.delete(keyOf(fn));
        throw error;
      }
    },
    async change(id, changes) {
      const failure = conditions.takeEnding('UpdateFailed', id.FunctionName);
      // What failed leaves the function as it was.
      await apply(id, { ...(failure ? {} : changes), ...changing('Updating', failure) });
    },
    adjust: (id, changes) => apply(id, changes),
    async remove(id) {
      const fn = get(id);
      functions.delete(keyOf(fn));
      await runtime.remove(fn);
    },
    status,
    async route(id, path) {
      if (path === undefined) routes.delete(keyOf(id));
      else routes.set(keyOf(id), path);
      // The cloud does not look whether the function that a path leads to is there.
      if (functions.has(keyOf(id))) await run(get(id));
    },
    addressOf(host, url) {
      const [, envId] = HTTP_ACCESS.exec(host) ?? [];
      if (envId !== undefined) return `${runtime.scf(envId).url}${url}`;
      const found = [...functions.values()].find((fn) => urlOf(fn) === `https://${host}`);
      return found && `${runtime.scf(found.Namespace).url}/${found.FunctionName}${url}`;
    },
  };

  async function apply(id: FunctionId, changes: Partial<CloudFunction>): Promise<void> {
    const before = get(id);
    if (!/^(Active|UpdateFailed)$/.test(status(before))) {
      throw new CloudError(
        'FailedOperation.FunctionStatusError',
        `${id.FunctionName} is ${status(before)}.`,
      );
    }
    conditions.demandCalm(id.FunctionName);
    const after = { ...before, ...changes, ModTime: timeText(now()) };
    await run(after);
    functions.set(keyOf(id), after);
  }

  async function run(fn: CloudFunction): Promise<void> {
    const isOpen = urlOf(fn) !== undefined;
    await runtime.deploy(fn, isOpen ? `/${fn.FunctionName}` : routes.get(keyOf(fn)));
  }

  function get(id: FunctionId): CloudFunction {
    const found = functions.get(keyOf(id));
    if (found) return found;
    throw new CloudError('ResourceNotFound.FunctionName', `There is no ${id.FunctionName}.`);
  }

  function status(fn: CloudFunction) {
    return now() >= fn.readyAt ? (fn.failure?.Status ?? 'Active') : fn.pending;
  }

  function demandRoom(namespace: string): void {
    const { length } = [...functions.values()].filter(({ Namespace }) => Namespace === namespace);
    if (length < conditions.functionQuota) return;
    throw new CloudError('LimitExceeded.Function', `${namespace} has ${length} functions.`);
  }

  function changing(pending: CloudFunction['pending'], failure: Ending | undefined) {
    return { failure, pending, readyAt: now() + activationMs, ModTime: timeText(now()) };
  }

  /** Of a Function URL that anyone may call; one with CAM authentication is not emulated. */
  function urlOf(fn: CloudFunction): string | undefined {
    const open = fn.Triggers.find(({ Type, Enable }) => Type === 'http' && Enable === 1);
    if (!open) return undefined;
    const { AuthType, NetConfig } = describeUrl(account, fn, open);
    return AuthType === 'NONE' ? NetConfig.ExtranetUrl : undefined;
  }
}

/** What `TriggerDesc` of a Function URL is when it is read back: with its addresses. */
export function describeUrl(account: Account, fn: CloudFunction, { TriggerDesc }: Trigger) {
  const asked = JSON.parse(TriggerDesc) as {
    readonly AuthType: string;
    readonly NetConfig: { readonly EnableIntranet: boolean; readonly EnableExtranet: boolean };
  };
  const { EnableExtranet, EnableIntranet } = asked.NetConfig;
  const name = `${account.appid}-${digest(`${keyOf(fn)}/url`).slice(0, 10)}`;
  return {
    ...asked,
    NetConfig: {
      EnableExtranet,
      EnableIntranet,
      ...(EnableExtranet ? { ExtranetUrl: `https://${name}.${fn.Region}.tencentscf.com` } : {}),
      ...(EnableIntranet ? { IntranetUrl: `https://${name}.in.${fn.Region}.tencentscf.com` } : {}),
    },
  };
}

export function keyOf({ Namespace, FunctionName }: FunctionId): string {
  return `${Namespace}/${FunctionName}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
