import { actionsOf } from '../docs/action-reference.ts';
import { invokable } from '../docs/invokable-actions.ts';
import { chinese } from '../help/help.ts';
import { shortForms } from '../invoke/short-forms.ts';

/** What may come after some words of a command line. */
export interface Rule {
  readonly after: string;
  /** Whether other words may stand between them and what is completed. */
  readonly isPrefix: boolean;
  readonly words: readonly string[];
}

/** The rules for `npm`, the most special ones first. */
export function completionRules(): readonly Rule[] {
  const commands = Object.keys(chinese);
  const { firsts, actions } = invocations();
  const flags = (command: string) => [
    ...new Set([...(chinese[command] ?? '').matchAll(/(?<![\w-])--[a-z][\w-]+/g)].flat()),
  ];
  const startOf = (command: string) =>
    command === 'start' || command === 'test' ? [`npm ${command}`] : [`npm run ${command}`];
  return [
    { after: 'npm run', isPrefix: false, words: commands },
    { after: 'npm run invoke --', isPrefix: false, words: [...firsts, ...flags('invoke')] },
    ...actions.map(([first, words]) => ({
      after: `npm run invoke -- ${first}`,
      isPrefix: false,
      words: [...words, '--help'],
    })),
    { after: 'npm run completion --', isPrefix: false, words: ['bash', 'zsh', 'fish'] },
    ...commands.flatMap((command) =>
      startOf(command).map((start) => ({
        after: `${start} --`,
        isPrefix: true,
        words: flags(command),
      })),
    ),
  ];
}

/** The functions and short words of `npm run invoke`, and what each is followed by. */
function invocations() {
  const actions = new Map<string, string[]>();
  for (const name of Object.keys(invokable) as (keyof typeof invokable)[]) {
    actions.set(
      name,
      actionsOf(name).map(([action]) => action),
    );
  }
  const single: string[] = [];
  for (const [first = '', second] of Object.keys(shortForms).map((short) => short.split(' '))) {
    if (second === undefined) single.push(first);
    else actions.set(first, [...(actions.get(first) ?? []), second]);
  }
  return { firsts: [...actions.keys(), ...single], actions: [...actions] };
}
