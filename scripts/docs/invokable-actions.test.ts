import { describe, expect, test } from '@jest/globals';
import type * as v from 'valibot';
import { checked, type Issue } from '../../shared/kernel/check.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { articlesSchema } from '../../shared/material/article-schema.ts';
import { conditionalMenuSchema, menuSchema } from '../../shared/menu/menu-schema.ts';
import { actionTexts } from './action-texts.ts';
import { invokable } from './invokable-actions.ts';

type Path = readonly (string | number)[];
interface Payload {
  readonly name: string;
  readonly schema: v.GenericSchema;
  readonly example: unknown;
}

const texts = actionTexts as Readonly<Record<string, Record<string, { example?: unknown }>>>;
const given: Payload[] = Object.entries(invokable).flatMap(([fn, actions]) =>
  Object.entries(actions).map(([name, { schema }]) => ({
    name: `${fn} ${name}`,
    schema: schema as v.GenericSchema,
    example: texts[fn]?.[name]?.example,
  })),
);
/** What the rooms themselves check, by WeChat's rules. */
const checkedInside: Payload[] = [
  { name: 'a menu', schema: menuSchema, example: texts.menu?.create?.example },
  {
    name: 'a conditional menu',
    schema: conditionalMenuSchema,
    example: texts.menu?.addConditional?.example,
  },
  { name: 'a draft', schema: articlesSchema, example: texts.material?.addDraft?.example },
];
const payloads = [...given, ...checkedInside].filter(({ example }) => example !== undefined);

const otherTypes = [7, 'text', true, null, [], {}];

describe.each(payloads)('$name', ({ schema, example }) => {
  const issuesOf = (value: unknown): readonly Issue[] => {
    try {
      checked(schema, value, { what: 'The payload' });
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return error.details.issues as Issue[];
    }
  };
  const paths = pathsOf(example);

  test('takes its example', () => {
    expect(issuesOf(example)).toEqual([]);
  });

  test('says of a missing field that it is missing, and what it must be as of one of another type', () => {
    for (const path of paths.filter((each) => typeof each.at(-1) === 'string')) {
      const [issue] = issuesOf(changed(example, path, undefined));
      if (!issue || issue.path !== dotted(path)) continue;
      expect(issue.message).toMatch(/ is missing|must be one of|must name/);

      const [other] = issuesOf(changed(example, path, { unheardOf: 1 }));
      const wanted = / (must (?!be (?:a text|a list|an object)$).+)$/s.exec(other?.message ?? '');
      if (other?.path === issue.path && wanted) expect(issue.message).toContain(wanted[1]);
    }
  });

  test('does not say of a field of another type that it is missing', () => {
    for (const path of paths) {
      for (const value of otherTypes) {
        const own = issuesOf(changed(example, path, value)).filter(
          (issue) => issue.path === dotted(path),
        );
        for (const { message } of own) {
          expect(message).not.toContain('is missing');
          expect(message).not.toMatch(/\((?:"|\d)|>=|<=/);
        }
      }
    }
  });
});

function pathsOf(value: unknown, above: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const first = Array.isArray(value) ? value.slice(0, 1) : value;
  return Object.entries(first).flatMap(([key, inner]) => {
    const path = [...above, Array.isArray(value) ? Number(key) : key];
    return [path, ...pathsOf(inner, path)];
  });
}

/** A copy with one field replaced, or taken out if the new value is `undefined`. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[key] = changed(copy[key], rest, to);
  if (rest.length === 0 && to === undefined) delete copy[key];
  return copy;
}

function dotted(path: Path): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`,
    '',
  );
}
