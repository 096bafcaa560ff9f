import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildFunctions } from '../../build/build.ts';

const repository = path.resolve(import.meta.dirname, '../../..');

/**
 * Bundles a callback function with an account of the test's own. `source` is the body of a module
 * that has `Router` and must define `account`.
 */
export async function bundleAccount(
  source: string,
): Promise<{ readonly file: string; readonly remove: () => void }> {
  const root = mkdtempSync(path.join(tmpdir(), 'account-'));
  const shared = path.join(repository, 'shared');
  mkdirSync(path.join(root, 'functions/callback'), { recursive: true });
  writeFileSync(
    path.join(root, 'functions/callback/index.ts'),
    `import { callbackApp } from '${shared}/app/callback.ts';
     import { httpFunction } from '${shared}/scf/http.ts';
     import { Router } from '${shared}/index.ts';
     ${source}
     export const main = httpFunction(callbackApp(account));`,
  );
  const [built] = await buildFunctions({ root, outDir: path.join(root, 'dist') });
  if (!built) throw new Error('nothing was built');
  return { file: built.file, remove: () => rmSync(root, { recursive: true }) };
}
