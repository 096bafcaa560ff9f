import { spawn } from 'node:child_process';
import path from 'node:path';
import { installOnce } from '../install.mjs';

/** Command-line tools that are installed here and not in the root, whose `npm ci` stays small. */
export const tools = {
  serverless: 'node_modules/serverless/bin/serverless.js',
  tcb: 'node_modules/@cloudbase/cli/bin/tcb',
} as const;
export type Tool = keyof typeof tools;

/** @throws Error if npm could not install them. */
export function installTools(): void {
  const what = 'the deploy tools of scripts/deploy (once, 400 MB, about 40 s)';
  const problem = installOnce(import.meta.dirname, what);
  if (problem) throw new Error(problem);
}

export function pathOf(tool: Tool): string {
  return path.join(import.meta.dirname, tools[tool]);
}

/** TCB_CLI names another CLI of CloudBase than ours, such as one of version 3. */
function programOf(tool: Tool, { TCB_CLI }: Readonly<Record<string, string | undefined>>): string {
  return tool === 'tcb' && TCB_CLI ? TCB_CLI : pathOf(tool);
}

/** No telemetry, and none of the framework's notices about its other products. */
export const quiet = {
  SLS_TELEMETRY_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
  // In China's time zone the framework takes a folder without serverless.yml for another product.
  SLS_GEO_LOCATION: 'no-cn',
} as const;

/**
 * Runs a tool in the foreground, and resolves with its exit code.
 *
 * @param output where its words go: `stderr` for a command whose stdout is JSON
 */
export function runTool(
  tool: Tool,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
  output: 'stdout' | 'stderr' = 'stdout',
): Promise<number> {
  const child = spawn(process.execPath, [programOf(tool, env), ...args], {
    stdio: ['inherit', output === 'stderr' ? 2 : 'inherit', 'inherit'],
    env: { ...env, ...quiet },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
