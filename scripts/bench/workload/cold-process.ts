import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { median } from '../report/stats.ts';
import { benchAccount } from './account.ts';
import { type BenchPush, makePushes, problemWith } from './pushes.ts';

const run = promisify(execFile);

/** One way to start: what is loaded, and the request that it is given. */
export interface Start {
  readonly name: string;
  readonly requestOf: (push: BenchPush) => object;
  readonly check: (push: BenchPush, answer: string) => string | undefined;
}

export interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** The settings of a function for the account of the benchmarks. */
export const accountEnv = {
  WECHAT_APPID: benchAccount.appid,
  WECHAT_APPSECRET: benchAccount.secret,
  WECHAT_TOKEN: benchAccount.token,
  WECHAT_ENCODING_AES_KEY: benchAccount.encodingAesKey,
};

/** What all events of the gateway have. */
export const functionEvent = { httpMethod: 'POST', path: '/', headers: {} } as const;

/** A deployed callback that answers its first message. */
export function firstMessage(
  name: string,
  file: string | undefined,
  env: Readonly<Record<string, string>>,
): Start {
  return {
    name,
    requestOf: ({ query, body }) => ({
      file,
      env,
      event: { ...functionEvent, queryString: query, body },
    }),
    // The account of the tests says the text again, and nothing else.
    check: (push, answer) =>
      problemWith({ ...push, expected: push.expected.replace(/^text /, '') }, answer),
  };
}

/** Starts one process, and checks its answer. @throws Error if that is wrong. */
export async function measureStart(
  { name, requestOf, check }: Start,
  folder: string,
): Promise<Cost> {
  const [push] = makePushes('safe', 'text', 1, Date.now());
  if (!push) throw new Error('There is no push.');
  const request = path.join(folder, 'cold.json');
  writeFileSync(request, JSON.stringify(requestOf(push)));
  const script = path.join(import.meta.dirname, '../workload/cold.cjs');
  const flags = ['--disable-warning=DEP0005', '--disable-warning=DEP0169'];
  const { stdout } = await run(process.execPath, [...flags, script, request]);
  const { answer, ...cost } = JSON.parse(stdout) as Cost & { readonly answer: string };
  const problem = check(push, answer);
  if (problem) throw new Error(`${name} answered wrongly: ${problem}`);
  return cost;
}

export function medianCost(costs: readonly Cost[]): Cost {
  const of = (key: keyof Cost) => median(costs.map((cost) => cost[key]));
  return { ms: of('ms'), cpuMs: of('cpuMs'), rssMb: of('rssMb') };
}
