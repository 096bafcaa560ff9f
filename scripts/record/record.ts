import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ownRoot } from '../project/root.ts';
import { findRunning, silent } from '../project/running.ts';
import type { RecordOptions } from './options.ts';

/**
 * Reads a conversation from the running `npm start` and writes it; gives the number of its turns.
 *
 * @throws Error that says what to do when no `npm start` listens, or the chat is empty
 */
export async function record({ file, openid, last, port }: RecordOptions): Promise<number> {
  const running = findRunning(ownRoot, port);
  const where = `${running.page}emulator/followers/${encodeURIComponent(openid)}`;
  const response = await fetch(`${where}/conversation`).catch((cause: unknown) => {
    throw silent(running, cause);
  });
  if (!response.ok)
    throw new Error(`Another program than \`npm start\` answers on port ${running.port}.`);
  const { turns } = (await response.json()) as { readonly turns: readonly unknown[] };
  if (turns.length === 0) {
    throw new Error(`${openid} has said nothing yet. Open ${running.page} and talk.`);
  }
  const chosen = turns.slice(-Math.min(last, turns.length));
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ turns: chosen }, null, 2)}\n`);
  return chosen.length;
}
