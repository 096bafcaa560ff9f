import { languageOf } from '../project/language.ts';
import { helpOf } from './help.ts';

const [command = ''] = process.argv.slice(2);
const text = helpOf(command, languageOf(process.env));
if (text === undefined) throw new Error(`There is no help of ${command} here.`);
console.log(text);
