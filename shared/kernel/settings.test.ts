import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { settings } from './settings.ts';

test('.env.example lists every setting under what it is, and nothing else', () => {
  const lines = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n');
  const listed = lines.flatMap((line, index) => {
    const [, name] = /^(\w+)=/.exec(line) ?? [];
    return name ? [`${name}: ${lines[index - 1]?.replace('# ', '')}`] : [];
  });

  expect(listed.sort()).toEqual(
    Object.values(settings)
      .map(({ env, about }) => `${env}: ${about}`)
      .sort(),
  );
});
