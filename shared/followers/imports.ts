import type { Book } from './book.ts';
import { type ImportRequest, readRows } from './rows.ts';

export interface ImportResult {
  /** Of different openids. */
  readonly rows: number;
  readonly updated: number;
  /** Of people who do not follow: nothing about them is kept. */
  readonly unknown: number;
}

/**
 * Adds what the business knows to the followers it names; fields that a row has not stay as they
 * are. Twice leaves what once leaves, so that a failed import is simply made again.
 *
 * @throws AppError `invalid` with the rows and fields that are wrong; then nothing was written
 */
export function createImport(book: Pick<Book, 'editEach'>) {
  return async (request: ImportRequest): Promise<ImportResult> => {
    const rows = new Map(readRows(request).map(({ openid, about }) => [openid, about]));
    const updated = await book.editEach([...rows.keys()], (one) => {
      const about = rows.get(one.openid) ?? {};
      const custom = { ...one.about?.custom, ...about.custom };
      return {
        ...one,
        about: {
          ...one.about,
          ...about,
          ...(Object.keys(custom).length > 0 ? { custom } : {}),
        },
      };
    });
    return { rows: rows.size, updated, unknown: rows.size - updated };
  };
}
