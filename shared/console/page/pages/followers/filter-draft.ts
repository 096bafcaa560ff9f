import type { WrittenFilter } from '../../../../followers/filter.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { w } from './words.ts';

/** A filter as the form holds it: what is empty is not asked. */
export interface FilterDraft {
  readonly tagIds: readonly number[];
  readonly notTagIds: readonly number[];
  readonly sex: '' | 'male' | 'female' | 'unknown';
  readonly province: string;
  readonly city: string;
  readonly qrcode: string;
  readonly subscribedFrom: string;
  readonly subscribedBefore: string;
  readonly customName: string;
  readonly customValue: string;
  /** What the form has no field for, of a segment that was made by an invocation. */
  readonly rest: WrittenFilter;
}

export const emptyFilter: FilterDraft = {
  tagIds: [],
  notTagIds: [],
  sex: '',
  province: '',
  city: '',
  qrcode: '',
  subscribedFrom: '',
  subscribedBefore: '',
  customName: '',
  customValue: '',
  rest: {},
};

/** What an operator looks for. In memory alone: it may be a name or a telephone number. */
export interface Searched {
  readonly text: string;
  readonly filter: FilterDraft;
}

export const everybody: Searched = { text: '', filter: emptyFilter };

const texts = ['sex', 'province', 'city', 'qrcode', 'subscribedFrom', 'subscribedBefore'] as const;

/** The filter of a form; undefined if nothing is asked. */
export function filterOf(draft: FilterDraft): WrittenFilter | undefined {
  const filter: Record<string, unknown> = { ...draft.rest };
  if (draft.tagIds.length > 0) filter.tagIds = draft.tagIds;
  if (draft.notTagIds.length > 0) filter.notTagIds = draft.notTagIds;
  for (const name of texts) {
    const value = draft[name].trim();
    if (value !== '') filter[name] = value;
  }
  const own = draft.customName.trim();
  if (own !== '') filter.custom = { ...draft.rest.custom, [own]: draft.customValue.trim() };
  return Object.keys(filter).length > 0 ? (filter as WrittenFilter) : undefined;
}

/** A filter in the fields of the form. */
export function draftOfFilter(filter: WrittenFilter): FilterDraft {
  const { tagIds = [], notTagIds = [], custom = {}, ...others } = filter;
  const fields: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(others)) {
    const isOfForm = (texts as readonly string[]).includes(name) && typeof value === 'string';
    const isDay = !name.startsWith('subscribed') || /^\d{4}-\d\d-\d\d$/.test(String(value));
    (isOfForm && isDay ? fields : rest)[name] = value;
  }
  const [[customName, customValue] = ['', ''], ...more] = Object.entries(custom);
  if (typeof customValue === 'string' && more.length === 0) {
    Object.assign(fields, { customName, customValue });
  } else rest.custom = custom;
  return { ...emptyFilter, ...fields, tagIds, notTagIds, rest: rest as WrittenFilter };
}

/** A filter for people: `标签：会员 · 城市：广州`. */
export function filterText(filter: WrittenFilter, tags: readonly Tag[]): string {
  const named = (ids: readonly number[]) =>
    ids.map((id) => tags.find((tag) => tag.id === id)?.name ?? `#${id}`).join(' / ');
  const listed = (value: unknown) => (Array.isArray(value) ? value.join(' / ') : String(value));
  return Object.entries(filter)
    .flatMap(([name, value]): readonly string[] => {
      switch (name) {
        case 'tagIds':
          return [`${w('anyTag')}: ${named(value as readonly number[])}`];
        case 'notTagIds':
          return [`${w('noTag')}: ${named(value as readonly number[])}`];
        case 'sex':
          return [`${w('sex')}: ${w(value as 'male')}`];
        case 'subscribedFrom':
          return [`${w('from')}: ${String(value)}`];
        case 'subscribedBefore':
          return [`${w('before')}: ${String(value)}`];
        case 'custom':
          return Object.entries(value as object).map(([own, of]) => `${own}: ${String(of)}`);
        case 'province':
        case 'city':
        case 'qrcode':
          return [`${w(name)}: ${listed(value)}`];
        default:
          return [`${name}: ${listed(value)}`];
      }
    })
    .join(' · ');
}
