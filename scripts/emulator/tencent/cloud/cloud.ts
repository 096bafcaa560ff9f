import type { Clock } from '../../../../shared/kernel/clock.ts';
import type { Control } from '../../cloudbase/control/control.ts';
import type { LogLine } from '../../scf/invocation.ts';
import type { Account } from '../account.ts';
import { Access } from './access.ts';
import { type Buckets, createBuckets } from './bucket.ts';
import { Conditions } from './conditions.ts';
import { createDomains, type Domains } from './domains.ts';
import { createEnvironments, type EnvironmentOptions, type Environments } from './environments.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFunctions, type Functions } from './functions.ts';
import { Logs } from './logs.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';

/** Everything the account owns. */
export interface Cloud {
  readonly account: Account;
  readonly now: Clock['now'];
  readonly buckets: Buckets;
  readonly functions: Functions;
  readonly environments: Environments;
  readonly access: Access;
  readonly logs: Logs;
  readonly domains: Domains;
  readonly runtime: Runtime;
  readonly faults: Faults;
  /** What is unfriendly about the account. */
  readonly conditions: Conditions;
}

export interface CloudOptions extends RuntimeOptions {
  readonly account: Account;
  readonly now: Clock['now'];
  /** How long a function is `Creating` or `Updating`, and refuses changes. */
  readonly activationMs: number;
  /** Its CloudBase environments. */
  readonly environments: readonly EnvironmentOptions[];
  readonly database?: Control;
  /** Whether somebody has opened CLS. */
  readonly isLogServiceOpen: boolean;
}

export function createCloud(options: CloudOptions): Cloud {
  const { account, now, activationMs } = options;
  const logs = new Logs(options.isLogServiceOpen);
  const conditions = new Conditions();
  const keepLine = (namespace: string, line: LogLine) => {
    const fn = functions
      .list()
      .find(
        ({ Namespace, FunctionName }) => Namespace === namespace && FunctionName === line.function,
      );
    logs.keep(namespace === 'default' ? (fn?.ClsTopicId ?? '') : namespace, now(), line);
  };
  const runtime = createRuntime({ ...options, keepLine });
  const functions: Functions = createFunctions({
    account,
    now,
    activationMs,
    runtime,
    conditions,
  });
  return {
    account,
    now,
    buckets: createBuckets(),
    functions,
    environments: createEnvironments(options.environments, options.database),
    access: new Access(account),
    logs,
    domains: createDomains(),
    runtime,
    faults: createFaults(),
    conditions,
  };
}
