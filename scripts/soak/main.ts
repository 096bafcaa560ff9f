import { parseArgs } from 'node:util';
import { metricsSoak } from './metrics/command.ts';
import { readNumber, UsageError } from './numbers.ts';
import type { Soak } from './soak.ts';
import { tokenSoak } from './token/command.ts';

const soaks: Readonly<Record<string, Soak>> = { token: tokenSoak, metrics: metricsSoak };

const COMMON = `  --seed N        chooses which requests to the store fail
  --faults P      which part of them fails, 0 to 0.5
  --json          one JSON object on stdout, and nothing else
`;

process.exitCode = await main(process.argv.slice(2));

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const soak = Object.hasOwn(soaks, name) ? soaks[name] : undefined;
  try {
    if (!soak) {
      if (name !== '--help') throw new UsageError(`What is to be soaked? Known: ${names()}.`);
      console.log(Object.values(soaks).map(helpOf).join('\n'));
      return 0;
    }
    const { seed, json, help, ...values } = readOptions(soak, args);
    if (help) {
      console.log(helpOf(soak));
      return 0;
    }
    const show = json ? () => {} : (line: string) => console.log(line);
    const report = await soak.run(values, { seed: readNumber('seed', seed, 0, 1_000_000), show });
    if (json) console.log(JSON.stringify(report));
    else console.log(report.ok ? 'All is well.' : 'Not as it should be.');
    return report.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(
      `${error.message}\n\n${(soak ? [soak] : Object.values(soaks)).map(helpOf).join('\n')}`,
    );
    return 2;
  }
}

/** @throws UsageError for an option that the soak does not have */
function readOptions(soak: Soak, args: readonly string[]) {
  const numbers = Object.entries({ ...soak.options, seed: '1' }).map(
    ([name, value]) => [name, { type: 'string', default: value }] as const,
  );
  const flags = ['json', 'help'].map(
    (name) => [name, { type: 'boolean', default: false }] as const,
  );
  try {
    const { values } = parseArgs({
      args: [...args],
      options: Object.fromEntries<{ type: 'string' | 'boolean'; default: string | boolean }>([
        ...numbers,
        ...flags,
      ]),
    });
    return values as { seed: string; json: boolean; help: boolean } & Record<string, string>;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function helpOf({ help }: Soak): string {
  return `${help}${COMMON}`;
}

function names(): string {
  return Object.keys(soaks).join(', ');
}
