import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { areas } from '../app/console/areas.ts';
import { pages } from './page/pages.ts';
import { isAllowed, type Role } from './role.ts';

/** The role that an action needs, such as that of `menu create`; undefined if the page cannot reach it. */
function roleOf(action: string): Role | undefined {
  const [area = '', name = ''] = action.split(' ');
  const { reads = {}, acts = {} } = (areas as Readonly<Record<string, (typeof areas)['menu']>>)[
    area
  ]?.offers ?? { reads: {}, acts: {} };
  return acts[name] ?? reads[name];
}

const folder = path.join(import.meta.dirname, 'page/pages');

/** The component of a page, with what stands in the folder of its name. */
function sourceOf(route: string): string {
  const own = path.join(folder, route);
  const parts = existsSync(own) ? readdirSync(own).map((file) => path.join(own, file)) : [];
  return [`${own}.tsx`, ...parts].map((file) => readFileSync(file, 'utf8')).join('\n');
}

test('each page has an address and a title of its own, in both languages', () => {
  for (const field of ['route', 'title'] as const) {
    const values = pages.map((page) => String(page[field]));
    expect(new Set(values).size).toBe(values.length);
  }
  expect(pages.flatMap(({ title }) => title).filter((text) => text.length === 0)).toEqual([]);
});

test('each page asks for actions that are there, and its operators may do one of them', () => {
  for (const { route, role, actions } of pages) {
    const needed = actions.map((action) => [action, roleOf(action)] as const);
    expect([route, needed.filter(([, each]) => each === undefined)]).toEqual([route, []]);
    const open = needed.filter(([, each]) => each && isAllowed(role, each));
    expect([route, open.length > 0]).toEqual([route, true]);
  }
});

test('each page asks for nothing that its row does not name', () => {
  for (const { route, actions } of pages) {
    const named: readonly string[] = actions;
    const text = sourceOf(route);
    const asked = [...text.matchAll(/call(?:<[^(]+>)?\(\s*'([\w-]+)',\s*'(\w+)'/g)];
    const unnamed = asked.map(([, area, name]) => `${area} ${name}`);
    expect([route, unnamed.filter((each) => !named.includes(each))]).toEqual([route, []]);
  }
});
