import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../free-port.ts';

/** Whether Prometheus is installed: `apt-get install prometheus` brings it, and promtool with it. */
export const hasPrometheus: boolean = spawnSync('promtool', ['--version']).status === 0;

if (!hasPrometheus) {
  const advice = 'Without Prometheus its tests are SKIPPED: apt-get install prometheus.\n';
  // CI installs it first, so there its absence is a failure.
  if (process.env.REQUIRE_PROMETHEUS) throw new Error(advice);
  process.stderr.write(advice);
}

/** Whether promtool accepts a text or a file, and its output. */
export function promtool(
  args: readonly string[],
  input = '',
): { readonly isAccepted: boolean; readonly says: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' });
  return { isAccepted: status === 0, says: `${stdout}${stderr}`.trim() };
}

export interface Prometheus {
  /** The result of an instant query. @throws Error what Prometheus says of it */
  query(expr: string): Promise<readonly { readonly metric: Labels; readonly value: number }[]>;
  /** Type and help of every metric that was scraped. */
  metadata(): Promise<Readonly<Record<string, readonly { readonly type: string }[]>>>;
  close(): Promise<void>;
}

type Labels = Readonly<Record<string, string>>;

/** A real Prometheus with its own data, on a port of its own. */
export async function startPrometheus(configFile: string, dataDir: string): Promise<Prometheus> {
  const port = await freePort();
  const child: ChildProcess = spawn(
    'prometheus',
    [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${dataDir}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok === true;
  await until(isReady, 'Prometheus is ready');

  async function ask(path: string): Promise<unknown> {
    const response = await fetch(`${url}/api/v1/${path}`);
    const answer = (await response.json()) as { data?: unknown; error?: string };
    if (answer.error) throw new Error(answer.error);
    return answer.data;
  }

  return {
    async query(expr) {
      const data = await ask(`query?query=${encodeURIComponent(expr)}`);
      const { result } = data as { result: { metric: Labels; value: [number, string] }[] };
      return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    metadata: async () => (await ask('metadata')) as Awaited<ReturnType<Prometheus['metadata']>>,
    async close() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Waits until another process has done something. */
export async function until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
