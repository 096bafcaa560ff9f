import path from 'node:path';
import { findFunctions } from '../build/functions.ts';
import { invoke } from './invoke.ts';

const root = path.resolve(import.meta.dirname, '../..');
const functions = findFunctions(root).map(({ name }) => name);

process.exitCode = await invoke(process.argv.slice(2), functions, {
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
});
