import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { auditFaults, type Known, knownFaults, licenceProblems, packagesOf } from './look-up.ts';

const HELP = `Usage: npm run supply

Looks at the packages of package-lock.json: whether each is under a licence that scripts/supply/known.json
allows, and whether faults are known of one. The registry is asked where it offers that (npm audit, for
what a bot installs with fuwuhao); the faults of known.json are looked for in any case.

Exit code: 0 if nothing was found, 1 if something was.`;

const root = path.resolve(import.meta.dirname, '../..');
const AUDIT_MS = 20_000;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  const known = read('scripts/supply/known.json') as Known;
  const packages = packagesOf(read('package-lock.json') as Parameters<typeof packagesOf>[0]);
  const audited = auditFaults(audit());
  const problems = [
    ...licenceProblems(packages, known),
    ...knownFaults(packages, known),
    ...(audited ?? []),
  ];
  const source = audited ? 'the registry and the committed list' : 'the committed list alone';
  console.log(`${packages.length} packages, ${problems.length} problems (faults by ${source})`);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

/** Many mirrors of the registry do not have this; then the answer is no JSON of the right form. */
function audit(): string {
  const args = ['audit', '--json', '--omit=dev', '--package-lock-only'];
  return spawnSync('npm', args, { cwd: root, timeout: AUDIT_MS, encoding: 'utf8' }).stdout ?? '';
}
