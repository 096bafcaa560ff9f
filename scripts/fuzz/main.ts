import { parseArgs } from 'node:util';
import { fuzz, keepInput } from './fuzz.ts';
import { type FuzzTarget, targets } from './targets.ts';

const HELP = `Usage: npm run fuzz -- <target> [options]

Feeds a parser with changed inputs until the time is over, and keeps each input that leads to what must
never happen in scripts/fuzz/corpus, where every run of the tests begins with it.

  --minutes <number>  how long (default 1)
  --seed <number>     begins the same series of inputs again (default: another one each time)
  --json              print the report as JSON
  --help              print this

Targets:
${Object.entries(targets)
  .map(([name, { about }]) => `  ${name.padEnd(12)} ${about}`)
  .join('\n')}

Exit code: 0 if nothing was found, 1 if something was, 2 for a wrong command.`;

interface FuzzCommand {
  readonly name: string;
  readonly target: FuzzTarget;
  readonly minutes: number;
  readonly seed: number;
  readonly json: boolean;
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let command: FuzzCommand | undefined;
  try {
    command = read(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (!command) {
    console.log(HELP);
    return 0;
  }
  const { name, target, minutes, seed, json } = command;
  const until = Date.now() + minutes * 60_000;
  const { runs, findings } = await fuzz(name, target, { seed, goesOn: () => Date.now() < until });
  const kept = findings.map(({ input, error }) => ({
    file: keepInput(name, input),
    error: error instanceof Error ? error.message : String(error),
  }));
  if (json) console.log(JSON.stringify({ target: name, seed, runs, findings: kept }));
  else {
    console.log(`${name}: ${runs} inputs (seed ${seed}), ${kept.length} findings`);
    for (const { file, error } of kept) console.log(`${file}: ${error}`);
  }
  return kept.length > 0 ? 1 : 0;
}

function read(args: readonly string[]): FuzzCommand | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const [name = '', ...rest] = positionals;
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (!target || rest.length > 0)
    throw new Error(`Name one target of ${Object.keys(targets).join(', ')}.`);
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0)) throw new Error('--minutes must be a number above 0.');
  if (!Number.isSafeInteger(seed)) throw new Error('--seed must be a whole number.');
  return { name, target, minutes, seed, json: values.json };
}
