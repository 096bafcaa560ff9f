import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { runTool } from './tools.ts';

test("TCB_CLI takes another CLI of CloudBase than ours, and its exit code is the command's", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tcb-cli-'));
  const cli = path.join(folder, 'tcb.mjs');
  writeFileSync(cli, "process.exit(process.argv.slice(2).join(' ') === 'fn list' ? 7 : 1);");

  const code = await runTool('tcb', ['fn', 'list'], { PATH: process.env.PATH, TCB_CLI: cli });
  rmSync(folder, { recursive: true });

  expect(code).toBe(7);
});
