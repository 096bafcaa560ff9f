import { describe, expect, test } from '@jest/globals';
import { endpoints } from '../wechat/catalogue/endpoints.ts';
import { covers, coversAnything, rights } from './pattern.ts';

const covered = (pattern: string) =>
  endpoints
    .filter(({ name, endpoint: { access } }) => covers(pattern, { name, access }))
    .map(({ name }) => name);

describe('a pattern', () => {
  test('covers one operation, an area, everything, or what is read, written or sent in them', () => {
    const menu = covered('menu.*');

    expect(covered('menu.create')).toEqual(['menu.create']);
    expect(menu).toEqual(expect.arrayContaining(['menu.create', 'menu.get']));
    expect(menu.every((name) => name.startsWith('menu.'))).toBe(true);
    expect(covered('*')).toHaveLength(endpoints.length);
    expect(covered('material.read')).toEqual(covered('material.*:read'));
    expect(covered('material.read')).toEqual(
      expect.arrayContaining(['material.get', 'material.list']),
    );
    expect(covered('menu.create:read')).toEqual([]);
    const parts = ['*:read', '*:write', '*:send'].flatMap(covered);
    expect(parts.sort()).toEqual(covered('*').sort());
  });

  test('is the operation, where an operation has the name of an access', () => {
    expect(covered('customerService.send')).toEqual(['customerService.send']);
    expect(covered('customerService.*:send')).toContain('customerService.setTyping');
  });

  test.each([
    '',
    '*.*',
    '*.get',
    'menu',
    'menu.',
    '.get',
    'menu.*:all',
    'menu.*:read:read',
    'MENU.*',
    'menu.c*',
    ' menu.*',
    'raw',
    'token:write',
    'menu.send',
  ])('%j covers nothing, and is refused when a client is added', (pattern) => {
    expect(covered(pattern)).toEqual([]);
    expect(coversAnything(pattern)).toBe(false);
  });

  test('covers a right by its own name only', () => {
    for (const right of rights) {
      const patterns = ['*', '*:read', 'token.*', 'token.read', 'jsapi.*', ...rights];
      expect(patterns.filter((pattern) => covers(pattern, { name: right }))).toEqual([right]);
      expect(covers('*', { name: 'raw' })).toBe(false);
    }
  });
});
