import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');

test('the compiler tells a bot author where a field belongs that a log line does not have', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'log-fields-'));
  try {
    const files = [path.join(folder, 'use.mts')];
    writeFileSync(
      files[0] ?? '',
      `import type { AuthorLog } from '${root}/shared/kernel/log.ts';
      export function use(log: AuthorLog): void {
        log.info('order taken', { orderId: 7 });
        log.warn('order taken', { ms: 7, orderId: 'seven' });
        log.error('order taken', { ms: 'seven' });
        log.info('order taken', { ms: 7, error: new Error(), details: { orderId: 7 } });
        log.info('order taken');
      }`,
    );
    const typeRoots = [path.join(root, 'node_modules/@types')];
    const config = {
      extends: path.join(root, 'tsconfig.json'),
      compilerOptions: { typeRoots },
      files,
      include: [],
    };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');

    const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });

    const faults = stdout.split(/^(?=\S)/m).filter((fault) => fault !== '');
    const advice = 'A log line has no such field: put data of your own into details: { … }';
    expect(faults).toEqual([
      expect.stringMatching(new RegExp(`use\\.mts\\(3,.*${advice}`, 's')),
      expect.stringMatching(new RegExp(`use\\.mts\\(4,.*${advice}`, 's')),
      expect.stringMatching(/use\.mts\(5,.*'string' is not assignable to type 'number'/s),
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
