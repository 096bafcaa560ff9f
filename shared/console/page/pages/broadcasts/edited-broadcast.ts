import type { WrittenFilter } from '../../../../followers/filter.ts';

export const audienceKinds = ['all', 'tag', 'segment', 'filter', 'file'] as const;
export const contentTypes = ['text', 'mpnews', 'image', 'voice', 'mpvideo'] as const;
export type ContentType = (typeof contentTypes)[number];

/** The fields of the form for a filter, as they are typed. */
export interface FilterForm {
  readonly tagIds: readonly number[];
  readonly notTagIds: readonly number[];
  readonly sex: '' | 'male' | 'female' | 'unknown';
  readonly province: string;
  readonly city: string;
  readonly language: string;
  readonly qrcode: string;
  readonly subscribedFrom: string;
  readonly subscribedBefore: string;
}

/** A broadcast while somebody puts it together. */
export interface EditedBroadcast {
  /** Of the proposal; a repeat of it is the same proposal. */
  readonly id: string;
  readonly name: string;
  readonly audience: (typeof audienceKinds)[number];
  readonly tagId: number | null;
  readonly segment: { readonly name: string; readonly filter: WrittenFilter } | null;
  readonly filter: FilterForm;
  readonly file: { readonly name: string; readonly openids: readonly string[] } | null;
  readonly type: ContentType;
  readonly text: string;
  /** The media_id for each type but text; of pictures all that are chosen. */
  readonly media: Readonly<Record<Exclude<ContentType, 'text'>, readonly string[]>>;
  readonly ignoreReprint: boolean;
  readonly when: 'now' | 'later';
  /** In China: `2026-12-01T20:00`. */
  readonly at: string;
}

export const noFilter: FilterForm = {
  ...{ tagIds: [], notTagIds: [], sex: '', province: '', city: '', language: '', qrcode: '' },
  ...{ subscribedFrom: '', subscribedBefore: '' },
};

export const newBroadcast: EditedBroadcast = {
  ...{
    id: '',
    name: '',
    audience: 'tag',
    tagId: null,
    segment: null,
    filter: noFilter,
    file: null,
  },
  ...{ type: 'text', text: '', media: { mpnews: [], image: [], voice: [], mpvideo: [] } },
  ...{ ignoreReprint: false, when: 'now', at: '' },
};

/** Several words have commas between them. */
function wordsIn(text: string): readonly string[] {
  return text
    .split(/[,，、]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** The filter of the form, without what was left empty; undefined while all of it is. */
export function filterOf(form: FilterForm): WrittenFilter | undefined {
  const entries = Object.entries({
    ...form,
    ...{ province: wordsIn(form.province), city: wordsIn(form.city) },
    ...{ language: wordsIn(form.language), qrcode: wordsIn(form.qrcode) },
  }).filter(([, value]) => value.length > 0);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as WrittenFilter);
}

/** The audience as `mass-send` takes it; undefined while it is not said. */
export function audienceOf(edited: EditedBroadcast): object | undefined {
  const { audience, tagId, segment, filter, file } = edited;
  switch (audience) {
    case 'all':
      return { all: true };
    case 'tag':
      return tagId === null ? undefined : { tagId };
    case 'segment':
      return segment ? { filter: segment.filter } : undefined;
    case 'filter': {
      const chosen = filterOf(filter);
      return chosen && { filter: chosen };
    }
    default:
      return file && file.openids.length > 0 ? { openids: file.openids } : undefined;
  }
}

/** The content in WeChat's words; undefined while it is not whole. */
export function contentOf({ type, text, media }: EditedBroadcast): object | undefined {
  if (type === 'text') {
    return text.trim() === '' ? undefined : { msgtype: type, text: { content: text } };
  }
  const media_ids = media[type].map((each) => each.trim()).filter((each) => each !== '');
  const [media_id] = media_ids;
  if (media_id === undefined) return undefined;
  if (type === 'image') return { msgtype: type, images: { media_ids } };
  return { msgtype: type, [type]: { media_id } };
}

/** What is proposed; undefined while something is missing. */
export function broadcastOf(edited: EditedBroadcast): object | undefined {
  const audience = audienceOf(edited);
  const content = contentOf(edited);
  const { when, at, type, ignoreReprint } = edited;
  if (!audience || !content || (when === 'later' && at === '')) return undefined;
  return {
    ...{ audience, content },
    ...(when === 'later' ? { at: `${at}:00+08:00` } : {}),
    ...(type === 'mpnews' && ignoreReprint ? { ignoreReprint } : {}),
  };
}

const HEADING = /^open_?ids?$/i;

/** The openids of a file: the first word of each line, whatever stands behind it. */
export function openidsIn(text: string): readonly string[] {
  const words = text.split(/\r?\n/).map((line) => /^[\s"\uFEFF]*([^\s",;]*)/.exec(line)?.[1] ?? '');
  return [...new Set(words)].filter((word) => /^o[\w-]{5,63}$/.test(word) && !HEADING.test(word));
}
