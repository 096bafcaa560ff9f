import type * as v from 'valibot';
import { commandOf } from '../invoke/short-forms.ts';
import type { Language } from '../project/language.ts';
import { actionTexts } from './action-texts.ts';
import { describeSchema, type FieldRow, isOptional } from './describe-schema.ts';
import { invokable } from './invokable-actions.ts';
import { code, table } from './markdown.ts';

const words = {
  en: {
    title: '# Actions',
    other: '[中文](zh-CN/reference-actions.md)',
    intro:
      'Every action of every invokable function, its payload and an example, made by `npm run docs` from the schemas that check the payloads. A function takes `{action, payload}` and returns `{ok: true, data}` or `{ok: false, error: {code, message, details}}`, always with a `requestId`. Where the fields depend on a choice, such as the form of a message, those of the example are shown; a wrong payload is refused with all that is wrong with it, and what would be right.',
    none: 'No payload.',
    optional: 'The payload may be left out.',
    head: ['field', 'type', 'limits', 'default'],
    left: 'may be left out',
    whole: 'payload',
  },
  zh: {
    title: '# 操作',
    other: '[English](../reference-actions.md)',
    intro:
      '每个可调用函数的全部操作、参数与示例，由 `npm run docs` 根据校验参数的 schema 生成。函数接收 `{action, payload}`，返回 `{ok: true, data}` 或 `{ok: false, error: {code, message, details}}`，并总带有 `requestId`。字段取决于某项选择时（例如消息形式），列出示例所用的那一种；参数有误时会列出所有问题以及正确的写法。',
    none: '没有参数。',
    optional: '参数可省略。',
    head: ['字段', '类型', '限制', '默认值'],
    left: '可省略',
    whole: '参数',
  },
} as const;

interface AnyAction {
  readonly schema: v.GenericSchema;
}
interface AnyText {
  readonly en: string;
  readonly zh: string;
  readonly example?: unknown;
}

/** The page of all actions, in one language. */
export function actionReference(language: Language): string {
  const { title, other, intro } = words[language];
  const functions = Object.keys(invokable) as (keyof typeof invokable)[];
  const parts = functions.flatMap((name) => [
    `## ${name}`,
    ...actionsOf(name).map(([action, { schema }, text]) =>
      actionPart(language, name, action, schema, text),
    ),
  ]);
  return `${[title, other, intro, ...parts].join('\n\n')}\n`;
}

/** The actions of a function with their texts. */
export function actionsOf(name: keyof typeof invokable): readonly [string, AnyAction, AnyText][] {
  const texts: Readonly<Record<string, AnyText>> = actionTexts[name];
  return Object.entries<AnyAction>(invokable[name]).map(([action, one]) => {
    const text = texts[action];
    if (!text) throw new Error(`scripts/docs/action-texts.ts has no text for ${name} ${action}.`);
    return [action, one, text];
  });
}

function actionPart(
  language: Language,
  name: string,
  action: string,
  schema: v.GenericSchema,
  { example, ...text }: AnyText,
): string {
  const { none, optional } = words[language];
  const fields = describeSchema(schema, example);
  return [
    `### ${name} ${action}`,
    text[language],
    ...(fields.length === 0 ? [none] : [fieldTable(language, fields)]),
    ...(fields.length > 0 && isOptional(schema) ? [optional] : []),
    `\`\`\`sh\n${commandOf(name, action, example)}\n\`\`\``,
  ].join('\n\n');
}

function fieldTable(language: Language, fields: readonly FieldRow[]): string {
  const { head, left, whole } = words[language];
  return table(
    head,
    fields.map((row) => [
      row.field === '' ? whole : code(row.field),
      code(row.type),
      row.limits.map(code).join(', '),
      row.default === undefined ? (row.isOptional ? left : '') : code(row.default),
    ]),
  );
}
