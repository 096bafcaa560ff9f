import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { builtFunction } from '../../scripts/testing/tools/fixture-build.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('a warm instance answers 10 000 encrypted messages, each its own, and keeps nothing', () => {
  const output = execFileSync(
    process.execPath,
    [
      ...[
        '--expose-gc',
        '--import',
        'tsx',
        path.join(root, 'scripts/testing/callback/warm-instance.ts'),
      ],
      ...[builtFunction('callback'), '10000'],
    ],
    { cwd: root, encoding: 'utf8' },
  );

  const { before, after, wrong } = JSON.parse(output) as Record<string, number>;
  expect(wrong).toBe(0);
  expect(after).toBeLessThan((before ?? 0) * 1.2);
});
