import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toolsRoot } from './root.ts';
import { serviceName, serviceNameFor, withServiceName } from './service-name.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'service-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const nameIn = (text: string) => {
  writeFileSync(path.join(root, 'serverless.yml'), text);
  return serviceName(root);
};

test('is that of serverless.yml, and may be another one', () => {
  expect(serviceName(toolsRoot)).toBe('fuwuhao');
  expect(nameIn(withServiceName('# A bot.\nservice: fuwuhao\nplugins: []\n', 'shop'))).toBe('shop');
});

test.each([
  'service: shop',
  "service: 'shop'",
  'service: "shop"  # of ours',
  'a: 1\nservice: shop',
])('is found: %s', (text) => expect(nameIn(`${text}\nprovider:\n  service: other\n`)).toBe('shop'));

test.each(['', 'provider:\n  service: shop', 'service: {name}', 'service: 7up'])(
  'is asked for in plain words: %s',
  (text) => expect(() => nameIn(text)).toThrow('a line such as "service: my-bot"'),
);

describe('of a new folder is one that SCF takes', () => {
  test.each([
    ['my-bot', 'my-bot'],
    ['My Bot 2', 'My-Bot-2'],
    ['2026.shop', 'shop'],
    ['茶馆', 'my-bot'],
    [`a${'b'.repeat(60)}`, `a${'b'.repeat(29)}`],
  ])('%s: %s', (folder, name) => expect(serviceNameFor(folder)).toBe(name));
});
