/**
 * Files under ids that the platform gives. Failures are `AppError`s: `not_found` for an id that
 * names no file, `upstream` when the storage could not be reached.
 */
export interface FileStore {
  /**
   * The content piece by piece, so that a reader can stop. A file of another environment is refused
   * unless `isElsewhere` says that it is meant.
   */
  read(fileId: string, options?: { readonly isElsewhere: boolean }): AsyncIterable<Uint8Array>;
  /** Stores a file under a path such as `wechat/3f2a.jpg`, replacing what is there; gives its id. */
  write(path: string, bytes: Uint8Array): Promise<string>;
}
