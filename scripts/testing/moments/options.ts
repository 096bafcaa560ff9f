import { type Moment, moments } from './moments.ts';

const LEAD_SECONDS = 180;

const list = Object.entries<Moment>(moments).map(
  ([name, { about }]) => `  ${name.padEnd(16)} ${about}`,
);

export const HELP = `Usage: npm run test:at -- <moment> [--lead <seconds>] [what npm test takes]

Runs the tests at another time, with the clock of every process moved by the program faketime
(apt-get install faketime). The moment passes while they run.

${list.join('\n')}
  <time>           any other, such as 2027-02-28T16:00:00Z

  --lead <seconds> how long before the moment the tests start (default ${LEAD_SECONDS})
  --help           print this

The exit code is that of the tests; 2 if the arguments are wrong.`;

export interface MomentOptions {
  readonly offsetSeconds: number;
  readonly zone: string | undefined;
  /** For the tests. */
  readonly rest: readonly string[];
}

/** `undefined` if help was asked for. @throws Error that says which argument is wrong. */
export function readOptions(args: readonly string[], now: number): MomentOptions | undefined {
  const [name, ...others] = args;
  if (name === undefined || name === '--help') return undefined;
  const moment = Object.hasOwn(moments, name)
    ? (moments as Readonly<Record<string, Moment>>)[name]
    : undefined;
  const at = moment ? moment.next(now) : Date.parse(name);
  if (Number.isNaN(at)) {
    throw new Error(`${name} is no moment. Known: ${Object.keys(moments).join(', ')}, or a time.`);
  }
  const [lead, rest] = others[0] === '--lead' ? [others[1], others.slice(2)] : [undefined, others];
  const leadSeconds = Number(lead ?? LEAD_SECONDS);
  if (!(leadSeconds >= 0)) throw new Error('--lead must be followed by a number of seconds.');
  const offsetSeconds = Math.round((at - now) / 1_000 - leadSeconds);
  return { offsetSeconds, zone: moment?.zone, rest };
}
