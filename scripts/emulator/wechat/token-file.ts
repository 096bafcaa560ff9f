import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { WechatApi } from './api.ts';

/** The emulated time may be moved at any moment, so the file is looked at often. */
const LOOK_EVERY_MS = 250;

/**
 * Keeps the file in which WeChat Cloud gives a container its token: another takes its place whenever
 * the platform has another token. Only the owner may read it.
 *
 * @returns what ends it, and removes the file
 */
export function keepTokenFile(file: string, { cloud }: Pick<WechatApi, 'cloud'>): () => void {
  let written = '';
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  write();
  const timer = setInterval(write, LOOK_EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    rmSync(file, { force: true });
  };

  function write(): void {
    const token = cloud.token();
    if (token === written) return;
    writeFileSync(`${file}.new`, token, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    written = token;
  }
}
