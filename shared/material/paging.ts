import * as v from 'valibot';
import { AppError } from '../kernel/errors.ts';

/** One page as WeChat gives it. */
export interface WeChatPage<Item> {
  readonly total_count: number;
  readonly item: readonly Item[];
}

export interface Listing<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  /** Pass it to the next call to go on; null at the end. */
  readonly cursor: string | null;
}

export interface ListRequest {
  /** Default 100. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface ListSource<Item> {
  readonly fetchPage: (offset: number, count: number) => Promise<WeChatPage<Item>>;
  readonly idOf: (item: Item) => string;
  /** Takes out what makes an item large, if the item alone is larger than a result may be. */
  readonly shorten: (item: Item) => Item;
}

export const MAX_LIMIT = 100;
/** How many items WeChat returns at once. */
const PAGE_SIZE = 20;
/** A function may return 6 MB; the rest leaves room for what stands around the items. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Gathers WeChat's pages up to a number of items and to the size of a result. WeChat counts from the
 * newest item. When items are deleted meanwhile, the others move up, so the listing steps back: an
 * item may then come twice, in two results, but none is left out.
 */
export async function listItems<Item>(
  { limit = MAX_LIMIT, cursor }: ListRequest,
  { fetchPage, idOf, shorten }: ListSource<Item>,
): Promise<Listing<Item>> {
  let { offset, total } = cursor === undefined ? { offset: 0, total: 0 } : readCursor(cursor);
  const items: Item[] = [];
  const seen = new Set<string>();
  let size = 0;

  while (items.length < limit) {
    const page = await fetchPage(offset, Math.min(PAGE_SIZE, limit - items.length));
    const gone = Math.max(0, total - page.total_count);
    total = page.total_count;
    if (gone > 0 && offset > 0) {
      offset = Math.max(0, offset - gone);
      continue;
    }
    for (const item of page.item) {
      const bytes = sizeOf(item);
      if (size + bytes > MAX_ANSWER_BYTES && items.length > 0) return answer();
      const fitting = bytes > MAX_ANSWER_BYTES ? shorten(item) : item;
      offset += 1;
      if (seen.has(idOf(item))) continue;
      seen.add(idOf(item));
      items.push(fitting);
      size += sizeOf(fitting);
    }
    if (page.item.length === 0 || offset >= total) {
      offset = Math.max(offset, total);
      break;
    }
  }
  return answer();

  function answer(): Listing<Item> {
    return { items, total, cursor: offset >= total ? null : writeCursor({ offset, total }) };
  }
}

interface WithArticles {
  readonly content?: { readonly news_item: readonly { readonly content?: string }[] };
}

/** Empties the texts of an item's articles, which are what makes it large. */
export function withoutContent<Item extends WithArticles>(item: Item): Item {
  if (!item.content) return item;
  const news_item = item.content.news_item.map((article) => ({ ...article, content: '' }));
  return { ...item, content: { ...item.content, news_item } };
}

const cursorSchema = v.strictObject({
  offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
  total: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

type Cursor = v.InferOutput<typeof cursorSchema>;

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readCursor(text: string): Cursor {
  try {
    return v.parse(cursorSchema, JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new AppError('invalid', 'cursor is not one that a list has returned.', { cause });
  }
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
