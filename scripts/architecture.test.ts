import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Module, parseSync } from '@swc/core';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '..');

/** The rooms from the ground up; a file may import from its own room and from floors below it. */
const floors = [
  ['shared/kernel'],
  ['shared/wechat', 'shared/store'],
  [
    'shared/account',
    'shared/model',
    'shared/token',
    'shared/jobs',
    'shared/proxy-sdk',
    'shared/metrics',
  ],
  [
    'shared/alerts',
    'shared/auto-replies',
    'shared/callback',
    'shared/followers',
    'shared/outreach',
    'shared/proxy',
  ],
  ['shared/menu', 'shared/material', 'shared/console'],
  ['shared/mass-send'],
  ['shared/monitoring', 'shared/proposals'],
  ['shared/app'],
  // The page knows the types of what it asks for.
  ['shared/scf', 'shared/console/page'],
  ['shared/index.ts'],
  ['functions'],
];
/** An account's handlers run in a test, in the callback and in the worker alike. */
const OPEN_TO_ACCOUNT = ['shared/account', 'shared/kernel', 'shared/wechat'];
/**
 * The emulator may know the list of endpoints, how time is passed on, and how our pages look; nothing of the
 * protocol.
 */
const OPEN_TO_EMULATOR = [
  'shared/wechat/catalogue/',
  'shared/kernel/clock.ts',
  'shared/console/page/look/',
];

const files = ['functions', 'shared', 'scripts'].flatMap(sourcesOf);
const graph = new Map(files.map((file) => [file, importsOf(file)]));
const product = files.filter((file) => !isTest(file));

describe('imports', () => {
  test('every file of the product stands in a room', () => {
    const homeless = product.filter((file) => !file.startsWith('scripts/') && !roomOf(file));

    expect(homeless).toEqual([]);
  });

  test('point down, and never to a sibling', () => {
    const wrong = edges(product)
      .filter(([from]) => !from.startsWith('scripts/'))
      .filter(([from, to]) => roomOf(from) !== roomOf(to) && floorOf(to) >= floorOf(from));

    expect(wrong).toEqual([]);
  });

  test('what authors write with knows WeChat and the kernel, and neither a store nor jobs', () => {
    const wrong = edges(product).filter(
      ([from, to]) =>
        roomOf(from) === 'shared/account' && !OPEN_TO_ACCOUNT.includes(roomOf(to) ?? to),
    );

    expect(wrong).toEqual([]);
  });

  test('nothing but tests imports scripts/', () => {
    const wrong = edges(product).filter(
      ([from, to]) => to.startsWith('scripts/') && !from.startsWith('scripts/'),
    );

    expect(wrong).toEqual([]);
  });

  test('the emulator shares only the endpoint catalogue with the product', () => {
    const wrong = edges(product).filter(
      ([from, to]) =>
        from.startsWith('scripts/emulator/') &&
        !to.startsWith('scripts/') &&
        !OPEN_TO_EMULATOR.some((open) => to.startsWith(open)),
    );

    expect(wrong).toEqual([]);
  });

  test('the emulated cloud and the tools share only the models of the official SDK', () => {
    const tools = ['cloud', 'deploy', 'provision', 'doctor', 'setup', 'logs'];
    const wrong = edges(product).filter(
      ([from, to]) =>
        from.startsWith('scripts/emulator/') &&
        tools.some((tool) => to.startsWith(`scripts/${tool}/`)) &&
        !to.startsWith('scripts/cloud/models/'),
    );

    expect(wrong).toEqual([]);
  });

  test("nothing but the tests beside it imports the author's account.ts", () => {
    const account = 'functions/callback/account.ts';
    const wrong = edges(files).filter(
      ([from, to]) => to === account && !from.startsWith('functions/callback/'),
    );

    expect(wrong).toEqual([]);
  });

  test('make no cycle, type imports included', () => {
    expect(findCycle()).toBeUndefined();
  });
});

test('an exported type has a name of its own in shared/', () => {
  const homes = new Map<string, string[]>();
  for (const file of product.filter((each) => each.startsWith('shared/'))) {
    for (const name of typesOf(file)) homes.set(name, [...(homes.get(name) ?? []), file]);
  }
  const shared = [...homes].filter(([, files]) => files.length > 1);

  expect(shared).toEqual([]);
});

test('functions/, serverless.yml and cloudbaserc.json name the same functions', () => {
  const folders = readdirSync(path.join(root, 'functions')).sort();
  const serverless = parse(read('serverless.yml')) as { functions: object };
  const cloudbase = JSON.parse(read('cloudbaserc.json')) as { functions: { name: string }[] };

  expect(Object.keys(serverless.functions).sort()).toEqual(folders);
  expect(cloudbase.functions.map(({ name }) => name).sort()).toEqual(folders);
});

function sourcesOf(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules/'));
}

/** Relative imports of any kind: values, types, re-exports and dynamic ones. */
function importsOf(file: string): string[] {
  const found: string[] = [];
  JSON.stringify(parsed(file), (_, node) => {
    const source =
      node?.source ?? (node?.callee?.type === 'Import' && node.arguments[0].expression);
    if (source?.type === 'StringLiteral' && source.value.startsWith('.')) found.push(source.value);
    return node;
  });
  return found.map((source) => path.posix.join(path.posix.dirname(file), source));
}

/** The interfaces, type aliases and classes that a file declares and exports. */
function typesOf(file: string): string[] {
  return parsed(file).body.flatMap((item) => {
    if (item.type !== 'ExportDeclaration') return [];
    const { declaration } = item;
    switch (declaration.type) {
      case 'TsInterfaceDeclaration':
      case 'TsTypeAliasDeclaration':
        return [declaration.id.value];
      case 'ClassDeclaration':
        return [declaration.identifier.value];
      default:
        return [];
    }
  });
}

function parsed(file: string): Module {
  return parseSync(read(file), {
    syntax: 'typescript',
    tsx: file.endsWith('x'),
    target: 'es2022',
  });
}

function edges(from: readonly string[]): [from: string, to: string][] {
  return from.flatMap((file) => (graph.get(file) ?? []).map((to): [string, string] => [file, to]));
}

/** The innermost room: the console's page stands above the room of the console. */
function roomOf(file: string): string | undefined {
  return floors
    .flat()
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function floorOf(file: string): number {
  const room = roomOf(file);
  return room === undefined ? -1 : floors.findIndex((rooms) => rooms.includes(room));
}

function findCycle(): readonly string[] | undefined {
  const done = new Set<string>();
  function visit(file: string, above: readonly string[]): readonly string[] | undefined {
    if (above.includes(file)) return [...above.slice(above.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...above, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  }
  for (const file of files) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

function isTest(file: string): boolean {
  return /\.test(-\w+)?\.tsx?$/.test(file) || file.startsWith('scripts/testing/');
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}
