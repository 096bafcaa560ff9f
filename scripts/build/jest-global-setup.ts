import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installTools } from '../deploy/tools.ts';
import { ownTestServer } from '../testing/store/postgres-server.ts';
import { fixtureAccount, fixtureBuild } from '../testing/tools/fixture-build.ts';
import { buildFunctions } from './build.ts';

interface Run {
  readonly rootDir: string;
  /** What was written behind `npm test`; nothing is all. */
  readonly testPathPatterns: { readonly patterns: readonly string[] };
}

/** Tests run bundles as they are deployed, so every run of the tests starts by making them. */
export default async function setup({ rootDir, testPathPatterns }: Run): Promise<void> {
  process.env.LEAKS_DIR = mkdtempSync(path.join(tmpdir(), 'leaks-'));
  if (lacksTools(path.join(rootDir, 'scripts'), testPathPatterns.patterns)) installTools();
  await ownTestServer();
  await buildFunctions({
    root: rootDir,
    account: fixtureAccount,
    outDir: fixtureBuild,
    mayReuse: true,
  });
}

/**
 * Whether a test is to run that may load the deploy tools, and they are not there: a worker of jest that
 * has looked for a package behind scripts/deploy/node_modules never finds one that is installed afterwards.
 */
function lacksTools(scripts: string, patterns: readonly string[]): boolean {
  const deploy = path.join(scripts, 'deploy');
  if (!existsSync(deploy) || existsSync(path.join(deploy, 'node_modules'))) return false;
  const files = readdirSync(scripts, { recursive: true, encoding: 'utf8' });
  const tests = files.filter((name) => name.endsWith('.test.ts'));
  const chosen = patterns.map((pattern) => new RegExp(pattern, 'i'));
  return (
    chosen.length === 0 ||
    tests.some((name) => chosen.some((one) => one.test(path.join(scripts, name))))
  );
}
