import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../../shared/kernel/clock.ts';
import type { Control } from '../cloudbase/control/control.ts';
import type { LogLine } from '../scf/invocation.ts';
import type { ScfEmulator } from '../scf/scf.ts';
import type { Account } from './account.ts';
import type { CallRecord } from './api/dispatch.ts';
import type { Access } from './cloud/access.ts';
import type { Buckets } from './cloud/bucket.ts';
import { createCloud } from './cloud/cloud.ts';
import type { Conditions } from './cloud/conditions.ts';
import type { Domains } from './cloud/domains.ts';
import type { Environment, EnvironmentOptions } from './cloud/environments.ts';
import type { Faults } from './cloud/faults.ts';
import type { CloudFunction } from './cloud/function.ts';
import type { Logs } from './cloud/logs.ts';
import { startServer } from './server.ts';

export interface TencentOptions {
  readonly account: Account;
  /** Its CloudBase environments; their documents lie in `database`. */
  readonly envIds?: readonly string[];
  /** Those of them that are not as all were until 2026-10-30. */
  readonly environments?: readonly EnvironmentOptions[];
  readonly database?: Control;
  /** Whether somebody has opened the log service, as in an account that is in use. Default: true. */
  readonly isLogServiceOpen?: boolean;
  /** On 127.0.0.1; default: a free one. */
  readonly port?: number;
  readonly now?: Clock['now'];
  /** How long a function refuses changes after one; default 50. */
  readonly activationMs?: number;
  /** What the platform puts into every instance, such as TCB_CONTEXT_CNFG. */
  readonly platformEnv?: Readonly<Record<string, string>>;
  readonly onLog?: (line: LogLine) => void;
}

/** Tencent Cloud as far as a deploy sees it, with what was deployed running behind it. */
export interface TencentEmulator {
  readonly port: number;
  /** Variables that make a process talk to this and, but for loopback, to nothing else. */
  readonly processEnv: Readonly<Record<string, string>>;
  /** Every call so far, the refused ones too. */
  readonly calls: readonly CallRecord[];
  readonly faults: Faults;
  /** What is unfriendly about the account. */
  readonly conditions: Conditions;
  readonly buckets: Buckets;
  /** Roles, policies and sub-accounts. */
  readonly access: Access;
  readonly logs: Logs;
  readonly domains: Domains;
  functions(): readonly CloudFunction[];
  environments(): readonly Environment[];
  /** The functions of a namespace, running. Throws unless something was deployed there. */
  scf(namespace: string): ScfEmulator;
  /** As `fetch`, for any address that the emulated cloud has given out. */
  readonly fetch: typeof globalThis.fetch;
  /** Ends every process and server. */
  close(): Promise<void>;
}

/** @throws Error if the port is taken. */
export async function startTencent(options: TencentOptions): Promise<TencentEmulator> {
  const calls: CallRecord[] = [];
  let port = options.port ?? 0;
  const processEnv = () => ({
    NODE_OPTIONS: `--require ${path.join(import.meta.dirname, 'redirect.cjs')}`,
    TENCENT_EMULATOR_PORT: String(port),
  });
  const cloud = createCloud({
    account: options.account,
    now: options.now ?? Date.now,
    isLogServiceOpen: options.isLogServiceOpen ?? true,
    activationMs: options.activationMs ?? 50,
    environments: [
      ...(options.envIds ?? []).map((envId) => ({ envId })),
      ...(options.environments ?? []),
    ],
    ...(options.database ? { database: options.database } : {}),
    // Deployed functions call the cloud too, to wake one another.
    platformEnv: () => ({ ...options.platformEnv, ...processEnv() }),
    ...(options.onLog ? { onLog: options.onLog } : {}),
  });
  const server = await startServer(cloud, port, (call) => calls.push(call));
  port = server.port;

  return {
    port,
    processEnv: processEnv(),
    calls,
    faults: cloud.faults,
    conditions: cloud.conditions,
    buckets: cloud.buckets,
    access: cloud.access,
    logs: cloud.logs,
    domains: cloud.domains,
    functions: cloud.functions.list,
    environments: cloud.environments.list,
    scf: cloud.runtime.scf,
    fetch: (input, init) => visit(port, new Request(input, init)),
    async close() {
      await server.close();
      await cloud.runtime.close();
    },
  };
}

/** `fetch` itself would not let the Host header differ from where it connects to. */
async function visit(port: number, request: Request): Promise<Response> {
  const { method, headers, url, signal } = request;
  const { host, pathname, search } = new URL(url);
  const body = Buffer.from(await request.arrayBuffer());
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        port,
        method,
        path: pathname + search,
        headers: { ...Object.fromEntries(headers), host, 'content-length': body.length },
        signal,
      },
      (answer) => {
        buffer(answer).then(
          (content) =>
            resolve(
              new Response(new Uint8Array(content), {
                status: answer.statusCode ?? 502,
                headers: Object.entries(answer.headers).map(([name, value]) => [
                  name,
                  String(value),
                ]),
              }),
            ),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
