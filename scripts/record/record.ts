import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runningAt } from '../project/running.ts';
import type { RecordOptions } from './options.ts';

/**
 * Reads a conversation from the running `npm start` and writes it; gives the number of its turns.
 *
 * @throws Error that says what to do when no `npm start` listens, or the chat is empty
 */
export async function record({ file, openid, last, port }: RecordOptions): Promise<number> {
  const page = runningAt(port);
  const where = `${page}emulator/followers/${encodeURIComponent(openid)}`;
  const response = await fetch(`${where}/conversation`).catch((cause: unknown) => {
    throw new Error(
      `Nothing answers on port ${port}. Run \`npm start\` in another terminal, or name its --port.`,
      { cause },
    );
  });
  if (!response.ok) throw new Error(`Another program than \`npm start\` answers on port ${port}.`);
  const { turns } = (await response.json()) as { readonly turns: readonly unknown[] };
  if (turns.length === 0) {
    throw new Error(`${openid} has said nothing yet. Open ${page} and talk.`);
  }
  const chosen = turns.slice(-Math.min(last, turns.length));
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ turns: chosen }, null, 2)}\n`);
  return chosen.length;
}
