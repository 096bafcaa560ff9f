import widthOf from 'string-width';
import { actionsOf } from '../docs/action-reference.ts';
import { describeSchema, type FieldRow, isOptional } from '../docs/describe-schema.ts';
import { invokable } from '../docs/invokable-actions.ts';
import type { Language } from '../project/language.ts';
import { takers } from './new-secret.ts';
import { commandOf, shortForms, wordsOf } from './short-forms.ts';
import { clipTo, padTo } from './width.ts';

/** The help of the action itself has the whole sentence. */
const LINE_WIDTH = 120;

const words = {
  en: {
    usage: 'Usage: npm run invoke --',
    action: '<action>',
    payload: '[payload] [options]',
    fields: 'Payload:',
    none: 'It takes no payload.',
    left: 'may be left out',
    whole: 'the payload',
    made: 'made by this command',
    default: 'default',
    example: 'Example:',
    more: '--help after an action tells its payload, with an example.',
    notInvokable: 'has no actions: WeChat, a timer or another program calls it.',
  },
  zh: {
    usage: '用法：npm run invoke --',
    action: '<操作>',
    payload: '[参数] [选项]',
    fields: '参数：',
    none: '没有参数。',
    left: '可省略',
    whole: '整个参数',
    made: '由本命令生成',
    default: '默认',
    example: '示例：',
    more: '在操作后加 --help 可查看其参数与示例。',
    notInvokable: '没有可调用的操作，由微信、定时器或其他程序调用。',
  },
} as const;

/**
 * The help of a function, of a short word such as `qrcode`, or of one action, from the schemas that check
 * the payloads.
 *
 * @returns undefined if there is no such function or action
 */
export function actionHelp(
  language: Language,
  first: string,
  action: string | undefined,
): string | undefined {
  if (action !== undefined) return helpOfAction(language, first, action);
  const shorts = Object.entries(shortForms).filter(([short]) => short.startsWith(`${first} `));
  if (shorts.length > 0) return helpOfList(language, first, shorts);
  if (!isInvokable(first)) return undefined;
  const all = actionsOf(first).map(([name]) => [`${first} ${name}`, [first, name]] as const);
  return helpOfList(language, first, all);
}

/** What is said of a function that nobody invokes by an action. */
export function notInvokable(language: Language, name: string): string {
  return `${name} ${words[language].notInvokable}`;
}

type Listed = readonly [spoken: string, whole: readonly [func: string, action: string]];

function helpOfList(language: Language, first: string, list: readonly Listed[]): string {
  const { usage, action, payload, more } = words[language];
  const names = list.map(([spoken]) => spoken.slice(first.length + 1));
  const width = Math.max(...names.map((name) => widthOf(name)));
  const lines = list.map(([, [func, name]], index) => {
    const [, , text] = actionOf(func, name) ?? [];
    return clipTo(`  ${padTo(names[index] ?? '', width)}  ${text?.[language] ?? ''}`, LINE_WIDTH);
  });
  return [`${usage} ${first} ${action} ${payload}`, lines.join('\n'), more].join('\n\n');
}

function helpOfAction(language: Language, func: string, name: string): string | undefined {
  const found = actionOf(func, name);
  if (!found) return undefined;
  const [, { schema }, { example, ...text }] = found;
  const { usage, payload, fields, none, left } = words[language];
  const rows = describeSchema(schema, example);
  const made = takers[func]?.includes(name) ? 'secret' : undefined;
  const title = isOptional(schema) ? `${fields} (${left})` : fields;
  return [
    `${usage} ${wordsOf(func, name)} ${payload}`,
    text[language],
    rows.length === 0 ? none : `${title}\n${fieldLines(language, rows, made)}`,
    `${words[language].example}\n  ${commandOf(func, name, withoutSecret(example, made))}`,
  ].join('\n\n');
}

function fieldLines(
  language: Language,
  rows: readonly FieldRow[],
  made: string | undefined,
): string {
  const { whole, left, default: fallback, made: madeHere } = words[language];
  const cells = rows.map(({ field, type, limits, default: value, isOptional: optional }) => [
    field === '' ? whole : field,
    type,
    [
      ...limits,
      ...(field === made ? [madeHere] : []),
      ...(value === undefined ? (optional ? [left] : []) : [`${fallback} ${value}`]),
    ].join(', '),
  ]);
  const widths = [0, 1].map((column) =>
    Math.max(...cells.map((row) => widthOf(row[column] ?? ''))),
  );
  return cells
    .map((row) =>
      `  ${row.map((cell, column) => padTo(cell, widths[column] ?? 0)).join('  ')}`.trimEnd(),
    )
    .join('\n');
}

/** The command makes the secret, so an example must not suggest one. */
function withoutSecret(example: unknown, made: string | undefined): unknown {
  if (made === undefined || typeof example !== 'object' || example === null) return example;
  return Object.fromEntries(Object.entries(example).filter(([field]) => field !== made));
}

function actionOf(func: string, name: string) {
  if (!isInvokable(func)) return undefined;
  return actionsOf(func).find(([action]) => action === name);
}

function isInvokable(name: string): name is keyof typeof invokable {
  return Object.hasOwn(invokable, name);
}
