import type { Language } from '../project/language.ts';
import { cloud } from './cloud.ts';
import { daily } from './daily.ts';
import { project } from './project.ts';
import { wrapped } from './wrapped.ts';

/** The English help of a command of ours stands where its options are read. */
export const chinese: Readonly<Record<string, string>> = {
  ...daily,
  ...cloud,
  ...project,
  ...Object.fromEntries(Object.entries(wrapped).map(([name, { zh }]) => [name, zh])),
};

/** The help of a command as this folder has it; undefined if the command itself tells it. */
export function helpOf(command: string, language: Language): string | undefined {
  if (language === 'zh') return Object.hasOwn(chinese, command) ? chinese[command] : undefined;
  return Object.hasOwn(wrapped, command) ? wrapped[command as keyof typeof wrapped].en : undefined;
}

/** The commands whose help is told here, whatever the language. */
export const wrappedCommands: readonly string[] = Object.keys(wrapped);
