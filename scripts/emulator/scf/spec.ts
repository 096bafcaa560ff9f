import { parseCron } from './cron.ts';
import { MAX_CONCURRENCY } from './limits.ts';

/** One deployed function, as its configuration describes it to the platform. */
export interface FunctionSpec {
  readonly name: string;
  /** Absolute path of the bundle; its folder is the working directory of the function. */
  readonly bundle: string;
  /** `file.export`, for a bundle `index.js` that exports `main`: `index.main`. */
  readonly handler: string;
  readonly memoryMb: number;
  /** For one event, without the cold start. */
  readonly timeoutSeconds: number;
  /** For loading the bundle; 65 unless given. */
  readonly initTimeoutSeconds?: number;
  /** The variables of the configuration; the platform's own names are refused, as it does. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timers?: readonly TimerSpec[];
  /** The path of the gateway below which requests go to this function. */
  readonly http?: { readonly path: string };
  readonly asyncInvoke?: AsyncInvokeSpec;
  /** Runs `scf_bootstrap` beside the bundle, and takes so many requests at a time in one instance. */
  readonly httpFunction?: HttpFunctionSpec;
  /** The port at which a debugger may attach to an HTTP function, which then runs on between requests. */
  readonly inspectPort?: number;
}

export interface HttpFunctionSpec {
  readonly concurrency: number;
  /**
   * It is a container of WeChat Cloud Run: `server.js` runs there without the platform's variables and
   * headers, and goes on between two requests.
   */
  readonly isContainer?: boolean;
}

export interface TimerSpec {
  readonly name: string;
  /** Seven fields: second minute hour day month week year, in Beijing time. */
  readonly cron: string;
  /** The trigger's CustomArgument; arrives as `Message`. */
  readonly message?: string;
  readonly enabled: boolean;
}

/** What follows a failed asynchronous invocation, timers included. */
export interface AsyncInvokeSpec {
  /** After an error of the function: 0 to 2, default 2. */
  readonly maxRetries?: number;
  /** How long an event may wait for a free instance; default 6 hours. */
  readonly maxAgeSeconds?: number;
}

const RESERVED = /^(SCF_|QCLOUD_|TENCENTCLOUD_)/;
const VARIABLE = /^[A-Za-z][A-Za-z0-9_]*$/;

/** @throws Error that names the function and what is wrong with it. */
export function checkSpec(spec: FunctionSpec): void {
  const refuse = (why: string) => {
    throw new Error(`Function ${spec.name}: ${why}`);
  };
  if (!/^[^./]+\.[A-Za-z_$][\w$]*$/.test(spec.handler)) {
    refuse(`handler "${spec.handler}" is not of the form file.export.`);
  }
  const { concurrency = 1 } = spec.httpFunction ?? {};
  if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= MAX_CONCURRENCY)) {
    refuse(`one instance takes 1 to ${MAX_CONCURRENCY} requests at a time, not ${concurrency}.`);
  }
  for (const name of Object.keys(spec.environment)) {
    if (RESERVED.test(name)) refuse(`the variable name ${name} belongs to the platform.`);
    if (!VARIABLE.test(name)) refuse(`"${name}" cannot be the name of a variable.`);
  }
  for (const { name, cron } of spec.timers ?? []) {
    try {
      parseCron(cron);
    } catch (error) {
      refuse(`timer ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
