import type { Metafile } from 'esbuild';

/** How many bytes of a bundle come from where: our code, a package, or the bundler itself. */
export interface Share {
  readonly from: string;
  readonly bytes: number;
}

export const OUR_CODE = 'our code';
const BUNDLER = 'bundler';

/** The contents of the only output of a build, the largest share first. */
export function contentsOf({ outputs }: Metafile): Share[] {
  const totals = new Map<string, number>();
  const add = (from: string, bytes: number) => totals.set(from, (totals.get(from) ?? 0) + bytes);
  for (const { inputs, bytes } of Object.values(outputs)) {
    let rest = bytes;
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      add(packageOf(file), bytesInOutput);
      rest -= bytesInOutput;
    }
    add(BUNDLER, rest);
  }
  return [...totals]
    .map(([from, bytes]) => ({ from, bytes }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || a.from.localeCompare(b.from));
}

/** A package inside another one's node_modules is itself, not its host. */
function packageOf(file: string): string {
  const [, name] = /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return name ?? OUR_CODE;
}
