import type { CountedTag } from '../../../../followers/tags.ts';
import type { Broadcast } from '../../../../mass-send/broadcast-document.ts';
import { number } from '../../format.ts';
import { w } from './words.ts';

const kinds = { all: 'toAll', tag: 'toTag', filter: 'toFilter', openids: 'toFile' } as const;

export function kindWords(kind: Broadcast['audience']): string {
  return w(kinds[kind]);
}

/** `性别：女 · 城市：广州`, of an audience as it was proposed. */
export function audienceWords(audience: object, tags: readonly CountedTag[]): readonly string[] {
  const nameOf = (id: unknown) => tags.find((tag) => tag.id === id)?.name ?? `#${String(id)}`;
  const { tagId, filter, named } = audience as Readonly<Record<string, unknown>>;
  if (tagId !== undefined) return [pair(w('toTag'), nameOf(tagId))];
  if (named !== undefined) return [pair(w('toFile'), number(Number(named)))];
  if (filter === undefined) return [w('toAll')];
  return Object.entries(Object(filter) as Readonly<Record<string, unknown>>).map(
    ([field, value]) => {
      const values = Array.isArray(value) ? (value as readonly unknown[]) : [value];
      if (field === 'tagIds') return pair(w('anyTag'), values.map(nameOf).join(', '));
      if (field === 'notTagIds') return pair(w('noTag'), values.map(nameOf).join(', '));
      if (field === 'sex') return pair(w('sex'), w(value as 'male'));
      const isTime = field.startsWith('subscribed');
      const said = isTime ? new Date(Number(value)).toLocaleString('sv-SE', CHINA) : textOf(values);
      return pair(w(field as 'city'), said);
    },
  );
}

function pair(label: string, value: string): string {
  return w('pair', { label, value });
}

const CHINA = { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' } as const;

function textOf(values: readonly unknown[]): string {
  return values
    .map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
    .join(', ');
}
