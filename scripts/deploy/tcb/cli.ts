import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Credentials } from '../../../shared/store/credentials.ts';
import { runTool } from '../tools.ts';

/**
 * Runs CloudBase's CLI, and resolves with its exit code. `fn deploy` takes keys only from a file in
 * the home directory, so it gets a home of its own, which is gone when it ends.
 */
export async function runTcb(
  args: readonly string[],
  credentials: Credentials,
  env: Readonly<Record<string, string | undefined>>,
  output: 'stdout' | 'stderr' = 'stdout',
): Promise<number> {
  // Readable by nobody else from the start.
  const home = mkdtempSync(path.join(tmpdir(), 'tcb-'));
  try {
    const folder = path.join(home, '.config/.cloudbase');
    mkdirSync(folder, { recursive: true });
    const { secretId, secretKey, sessionToken } = credentials;
    const credential = {
      secretId,
      secretKey: secretKey.reveal(),
      ...(sessionToken ? { token: sessionToken.reveal() } : {}),
    };
    writeFileSync(path.join(folder, 'auth.json'), JSON.stringify({ credential }), { mode: 0o600 });
    const variables = {
      ...env,
      HOME: home,
      USERPROFILE: home,
      // The CLI's own spelling, which some of its commands and versions read instead of the file.
      TENCENTCLOUD_SECRETID: secretId,
      TENCENTCLOUD_SECRETKEY: secretKey.reveal(),
      TENCENTCLOUD_SESSIONTOKEN: sessionToken?.reveal(),
    };
    return await runTool('tcb', args, variables, output);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
