/** For a call that carries a file: 10 MB at a fifth of a megabyte a second. */
export const FILE_CALL = { timeoutMs: 50_000 } as const;
