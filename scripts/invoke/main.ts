import { setTimeout as delay } from 'node:timers/promises';
import { findFunctions } from '../build/functions.ts';
import { languageOf } from '../project/language.ts';
import { ownRoot } from '../project/root.ts';
import { invoke } from './invoke.ts';

const functions = findFunctions(ownRoot).map(({ name }) => name);

process.exitCode = await invoke(process.argv.slice(2), functions, {
  language: languageOf(process.env),
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
  progress(text) {
    // A terminal shows one line that changes; a file gets every line.
    if (process.stderr.isTTY && !text.startsWith('{')) process.stderr.write(`\r${text}\u001b[K`);
    else console.log(text);
  },
  pause: () => delay(1_000),
});
