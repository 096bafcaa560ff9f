import { parseArgs } from 'node:util';
import { check, describe, saveRatios } from './check.ts';
import { costReport } from './cost/report.ts';
import { installPeers } from './install.ts';
import { type PartName, partNames, parts } from './parts/list.ts';
import { figures, platform, saveFigures } from './platform.ts';
import { withBuilds } from './prepare.ts';
import { tableOf } from './report/table.ts';
import { simulationReport } from './simulate/report.ts';

const HELP = `Usage: npm run bench [-- part …] [--short] [--json] [--save]
       npm run bench -- check [--save]
       npm run bench -- cost | simulate [--json]

Measures fuwuhao beside other libraries, in turns in one run, with every answer checked, and prints
tables and ratios. Only ratios can be compared between machines. The other libraries are installed
into scripts/bench when they are first needed.

Parts: ${partNames.join(', ')}; all of them unless named.

  check       the short form against scripts/bench/ratios.json; exit code 1 if a ratio is more than
              30 % above it three times over; with --save it writes that table, from three runs
  cost        what a million messages and a broadcast cost, by scripts/bench/platform.json
  simulate    a model of the platform up to 10 000 messages a second
  --save      keeps the figures that cost and simulate start from, in scripts/bench/figures.json
  --short     fewer contestants and rounds
  --json      one JSON object on stdout, and nothing else
`;

/** What is computed from figures that an earlier run has saved. */
const models = { cost: costReport, simulate: simulationReport } as const;
const tasks = ['check', 'cost', 'simulate'] as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const { json, task } = options;
  if (task === 'cost' || task === 'simulate') {
    const report = models[task](figures, platform);
    console.log(json ? JSON.stringify(report) : tableOf(report));
    return 0;
  }
  installPeers();
  return task === 'check' ? runCheck(options) : runParts(options);
}

function readOptions(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const task = tasks.find((name) => name === positionals[0]);
  if (task && positionals.length > 1) throw new Error(`"${task}" takes no parts.`);
  const unknown = positionals.filter((name) => name !== task && !isPart(name));
  if (unknown.length > 0) {
    throw new Error(`Unknown part ${unknown.join(', ')}. There is: ${partNames.join(', ')}.`);
  }
  const names = positionals.filter(isPart);
  return { ...values, task, names: names.length > 0 ? names : partNames };
}

function isPart(name: string): name is PartName {
  return Object.hasOwn(parts, name);
}

type Options = ReturnType<typeof readOptions>;

async function runCheck({ save, json }: Options): Promise<number> {
  if (save) {
    const table = await withBuilds(true, saveRatios);
    console.log(JSON.stringify(table, null, json ? 0 : 2));
    return 0;
  }
  const verdicts = await withBuilds(true, check);
  const ok = verdicts.every((verdict) => verdict.ok);
  if (json) console.log(JSON.stringify({ ok, verdicts }));
  else {
    for (const verdict of verdicts) console.log(describe(verdict));
    if (!ok) {
      console.log(
        'Slower than it was, beside the same others in the same run. If the change is worth it: `npm run bench -- check --save`, and say why in the commit.',
      );
    }
  }
  return ok ? 0 : 1;
}

async function runParts({ names, short, json, save }: Options): Promise<number> {
  const reports = await withBuilds(short, async (context) => {
    const done = [];
    for (const name of names) {
      const report = await parts[name](context);
      if (!json) console.log(tableOf(report));
      done.push({ part: name, ...report });
    }
    return done;
  });
  if (save) saveFigures(Object.assign({}, ...reports.map((report) => report.figures)));
  if (json) console.log(JSON.stringify({ parts: reports }));
  return 0;
}
