import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { findFunctions } from '../build/functions.ts';
import { invoke } from '../invoke/invoke.ts';
import type { Emulation } from '../start/emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const functions = findFunctions(root).map(({ name }) => name);

/** What came of an `npm run invoke`. */
export interface InvocationRun {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs an `npm run invoke` of a page against an emulation whose timers rest. */
export async function runInvocation(
  { urls, scf }: Pick<Emulation, 'urls' | 'scf'>,
  args: readonly string[],
): Promise<InvocationRun> {
  const lines: string[] = [];
  const write = (text: string) => lines.push(stripVTControlCharacters(text));
  const { port } = new URL(urls.callback);
  const exitCode = await invoke(['--port', port, ...args], functions, {
    language: 'en',
    print: write,
    complain: write,
    progress: write,
    // Who watches waits for the worker, whose timer rests here.
    pause: async () => void (await scf.invoke('worker', {})),
  });
  return { exitCode, output: lines.join('\n') };
}
