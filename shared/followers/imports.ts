import type { Book } from './book.ts';
import { type ImportRequest, readRows } from './rows.ts';

export interface ImportResult {
  /** Rows with different openids. */
  readonly rows: number;
  readonly updated: number;
  /** Rows of people who do not follow: nothing about them is kept. */
  readonly unknown: number;
}

/**
 * Adds what the business knows to the followers that it names; fields that a row does not have stay
 * as they are. Importing twice has the same effect as once, so a failed import is simply repeated.
 *
 * @throws AppError `invalid` with the rows and fields that are wrong; nothing was written
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
