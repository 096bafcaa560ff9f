import { AppError } from '../../kernel/errors.ts';
import type { FileStore } from '../../store/file-store.ts';
import { serverFrom, serverSettings } from '../../store/postgres/server.ts';
import { createPostgresStore, isClientLoaded } from '../../store/postgres/store.ts';
import type { Database } from './database.ts';

/** PostgreSQL by its wire protocol. It keeps documents and nothing else. */
export const database: Database<(typeof serverSettings)[number]> = {
  settings: serverSettings,

  store: ({ clock }, config, log, pace = {}) =>
    createPostgresStore({ ...pace, server: serverFrom(config), clock, log }),

  isLoaded: isClientLoaded,

  files: () => noFiles,

  neighbours: () => undefined,
};

const noFiles: FileStore = {
  read() {
    throw new AppError(
      'invalid',
      'A function that is built for PostgreSQL has no file storage: name the file by its url, or send it as base64.',
    );
  },
  async write() {
    throw new AppError(
      'invalid',
      'The file is too large for the answer of a function, and one that is built for PostgreSQL has no file storage to leave it in: fetch it through the API proxy.',
    );
  },
};
