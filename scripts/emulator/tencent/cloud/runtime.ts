import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LogLine } from '../../scf/invocation.ts';
import { createScf, type ScfEmulator } from '../../scf/scf.ts';
import type { FunctionSpec } from '../../scf/spec.ts';
import type { CloudFunction } from './function.ts';
import { unpack } from './package.ts';

export interface RuntimeOptions {
  /** What the platform puts into every instance, such as TCB_CONTEXT_CNFG. */
  readonly platformEnv: () => Readonly<Record<string, string>>;
  readonly onLog?: (line: LogLine) => void;
  /** Keeps what the functions of a namespace have written. */
  readonly keepLine?: (namespace: string, line: LogLine) => void;
}

/** Where functions run: their packages unpacked, one SCF emulator for each namespace. */
export interface Runtime {
  /** Runs the function as it is now; its instances of before get no more events. */
  deploy(fn: CloudFunction, httpPath: string | undefined): Promise<void>;
  remove(fn: Pick<CloudFunction, 'Namespace' | 'FunctionName'>): Promise<void>;
  /** Throws unless something was deployed there. */
  scf(namespace: string): ScfEmulator;
  close(): Promise<void>;
}

export function createRuntime(options: RuntimeOptions): Runtime {
  const folder = mkdtempSync(path.join(tmpdir(), 'scf-packages-'));
  const emulators = new Map<string, Promise<ScfEmulator>>();
  const running = new Map<string, ScfEmulator>();
  const deployed = new Map<string, { readonly code: Buffer; readonly bundle: string }>();

  return {
    async deploy(fn, httpPath) {
      const scf = await emulatorOf(fn);
      const key = keyOf(fn);
      const before = deployed.get(key);
      const bundle =
        before?.code === fn.code
          ? before.bundle
          : unpack(fn.code, mkdtempSync(path.join(folder, 'package-')), mainFileOf(fn));
      const spec = specOf(fn, bundle, httpPath);
      if (before) await scf.reload(fn.FunctionName, spec);
      else scf.add(spec);
      deployed.set(key, { code: fn.code, bundle });
    },
    async remove(fn) {
      if (!deployed.delete(keyOf(fn))) return;
      await running.get(fn.Namespace)?.remove(fn.FunctionName);
    },
    scf(namespace) {
      const found = running.get(namespace);
      if (!found) throw new Error(`Nothing is deployed in ${namespace}.`);
      return found;
    },
    async close() {
      await Promise.all([...running.values()].map((scf) => scf.close()));
      rmSync(folder, { recursive: true });
    },
  };

  async function emulatorOf({ Namespace, Region }: CloudFunction): Promise<ScfEmulator> {
    const made = emulators.get(Namespace) ?? start(Namespace, Region);
    emulators.set(Namespace, made);
    return made;
  }

  async function start(namespace: string, region: string): Promise<ScfEmulator> {
    const scf = await createScf({
      functions: [],
      namespace,
      region,
      platformEnv: options.platformEnv(),
      gateway: { port: 0, shape: namespace === 'default' ? 'function-url' : 'http-access' },
      onLog(line) {
        options.keepLine?.(namespace, line);
        options.onLog?.(line);
      },
    });
    running.set(namespace, scf);
    return scf;
  }
}

function specOf(fn: CloudFunction, bundle: string, httpPath: string | undefined): FunctionSpec {
  return {
    name: fn.FunctionName,
    bundle,
    handler: fn.Handler,
    memoryMb: fn.MemorySize,
    timeoutSeconds: fn.Timeout,
    initTimeoutSeconds: fn.InitTimeout,
    environment: Object.fromEntries(fn.Environment.Variables.map(({ Key, Value }) => [Key, Value])),
    asyncInvoke: {
      maxRetries: fn.AsyncTriggerConfig.RetryConfig[0]?.RetryNum ?? 2,
      maxAgeSeconds: fn.AsyncTriggerConfig.MsgTTL,
    },
    ...(fn.Type === 'HTTP'
      ? { httpFunction: { concurrency: fn.InstanceConcurrencyConfig?.MaxConcurrency ?? 1 } }
      : {}),
    timers: fn.Triggers.filter(({ Type }) => Type === 'timer').map((trigger) => ({
      name: trigger.TriggerName,
      cron: (JSON.parse(trigger.TriggerDesc) as { cron: string }).cron,
      enabled: trigger.Enable === 1,
      message: trigger.CustomArgument,
    })),
    // reload() keeps what it is not told; a function may also lose its address.
    ...({ http: httpPath === undefined ? undefined : { path: httpPath } } as Pick<
      FunctionSpec,
      'http'
    >),
  };
}

/** What must be in the package: the module of the handler, or the script that starts the server. */
function mainFileOf({ Type, Handler }: CloudFunction): string {
  return Type === 'HTTP' ? 'scf_bootstrap' : `${Handler.split('.')[0] ?? ''}.js`;
}

function keyOf({ Namespace, FunctionName }: Pick<CloudFunction, 'Namespace' | 'FunctionName'>) {
  return `${Namespace}/${FunctionName}`;
}
