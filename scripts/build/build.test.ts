import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { buildFunctions } from './build.ts';
import { storeDrivers } from './sdk-bundle.ts';
import { sizeTable } from './size-table.ts';

const NODE_MODULES = path.resolve('node_modules');
const SOURCES = {
  'package.json': '{"type":"module"}',
  'functions/echo/index.ts': `
    import { XMLParser } from 'fast-xml-parser';
    import { shout } from '../../shared/shout.ts';
    export const onlyForTests = 'leave this out';
    export const main = async (event: { xml: string }) => ({
      parsed: new XMLParser({ parseTagValue: false }).parse(event.xml), said: shout('hi'),
    });`,
  'functions/tick/index.ts': 'export async function main(): Promise<string> { return "tick"; }',
  'functions/not-a-function/readme.md': '',
  'shared/shout.ts':
    'export const shout = (text: string): string => text.toUpperCase().concat("!");',
};

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A checkout in a folder of its own, with the packages of this one. */
function checkout(sources: Record<string, string>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'build-'));
  folders.push(root);
  for (const [name, text] of Object.entries(sources)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  symlinkSync(NODE_MODULES, path.join(root, 'node_modules'));
  return root;
}

function build(root: string, only?: string[]) {
  return buildFunctions({ root, outDir: path.join(root, 'dist'), ...(only ? { only } : {}) });
}

/** Plain Node in a process of its own, as the platform would load the file. */
function callMain(file: string, event: unknown): unknown {
  const script = `require(${JSON.stringify(file)}).main(${JSON.stringify(event)}).then((x) => console.log(JSON.stringify(x)))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

describe('buildFunctions', () => {
  test('makes one CommonJS file a function that plain Node loads', async () => {
    const root = checkout(SOURCES);

    const built = await build(root);

    expect(built.map(({ name, handler }) => [name, handler])).toEqual([
      ['echo', 'index.main'],
      ['tick', 'index.main'],
    ]);
    expect(callMain(path.join(root, 'dist/echo/index.js'), { xml: '<a>1</a>' })).toEqual({
      parsed: { a: '1' },
      said: 'HI!',
    });
    expect(callMain(path.join(root, 'dist/tick/index.js'), {})).toBe('tick');
  });

  test('puts what is imported when it is needed into a file that shares what both need', async () => {
    const root = checkout({
      ...SOURCES,
      'shared/odd.ts': 'export class Odd extends Error {}',
      'shared/rare.ts': `
        import { Odd } from './odd.ts';
        export const check = () => { throw new Odd('rare'); };`,
      'functions/echo/index.ts': `
        import { Odd } from '../../shared/odd.ts';
        export async function main(isRare: boolean) {
          try {
            if (isRare) (await import('../../shared/rare.ts')).check();
          } catch (error) {
            return [error instanceof Odd, Object.keys(require.cache).length];
          }
          return [Object.keys(require.cache).length];
        }`,
    });

    const [echo] = await build(root, ['echo']);
    const file = path.join(root, 'dist/echo/index.js');
    const names = echo?.files.map(({ name }) => name) ?? [];

    expect(names[0]).toBe('index.js');
    expect(readdirSync(path.dirname(file)).sort()).toEqual([...names].sort());
    const [loaded] = callMain(file, false) as [number];
    expect(callMain(file, true)).toEqual([true, loaded + 1]);

    writeFileSync(path.join(root, 'shared/rare.ts'), 'export const check = () => {};');
    const [again] = await build(root, ['echo']);
    const left = again?.files.map(({ name }) => name).sort();
    expect(left).not.toEqual([...names].sort());
    expect(readdirSync(path.dirname(file)).sort()).toEqual(left);
  });

  test('makes a server beside it where the function has one, which scf_bootstrap starts', async () => {
    const root = checkout({
      ...SOURCES,
      'functions/echo/server.ts': `
        import { shout } from '../../shared/shout.ts';
        export const main = async () => console.log(shout('served'));`,
    });

    const [echo, tick] = await build(root);
    const folder = path.join(root, 'dist/echo');

    expect(echo?.files.map(({ name }) => name)).toEqual(['index.js']);
    expect(echo?.server?.files.map(({ name }) => name)).toEqual(['server.js', 'scf_bootstrap']);
    expect(tick?.server).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(['index.js', 'scf_bootstrap', 'server.js']);
    const said = execFileSync('./scf_bootstrap', { cwd: folder, encoding: 'utf8' });
    expect(said).toBe('SERVED!\n');
  });

  test('what one door loads later takes from that door what both need', async () => {
    const use = `
      export const main = async () => {
        const { check } = await import('../../shared/rare.ts');
        try {
          check();
        } catch (error) {
          console.log(error instanceof Odd, Object.keys(require.cache).length);
        }
      };`;
    const root = checkout({
      ...SOURCES,
      'shared/odd.ts': 'export class Odd extends Error {}',
      'shared/rare.ts': `
        import { Odd } from './odd.ts';
        export const check = () => { throw new Odd('rare'); };`,
      'functions/echo/index.ts': `import { Odd } from '../../shared/odd.ts'; ${use}`,
      'functions/echo/server.ts': `import { Odd } from '../../shared/odd.ts'; ${use}`,
    });

    await build(root, ['echo']);
    const cwd = path.join(root, 'dist/echo');
    const said = (...args: string[]) =>
      execFileSync(process.execPath, args, { cwd, encoding: 'utf8' });

    expect(said('-e', "void require('./index.js').main()")).toBe('true 2\n');
    expect(said('server.js')).toBe('true 2\n');
  });

  test('the callback leaves the WeChat client and the XML parser to those who need them', async () => {
    const outDir = mkdtempSync(path.join(tmpdir(), 'build-'));
    folders.push(outDir);
    const [callback] = await buildFunctions({ root: process.cwd(), outDir, only: ['callback'] });
    const sizeOf = (start: string) =>
      callback?.files.find(({ name }) => name.startsWith(start))?.bytes ?? 0;

    // One static import of theirs anywhere would put all of them back into what a cold start reads.
    expect(sizeOf('wechat-client-')).toBeGreaterThan(20_000);
    expect(sizeOf('xml-parser-')).toBeGreaterThan(40_000);
  });

  test.each(storeDrivers)('a build for %s holds nothing of another driver', async (driver) => {
    const outDir = mkdtempSync(path.join(tmpdir(), 'build-'));
    folders.push(outDir);
    const built = await buildFunctions({ root: process.cwd(), outDir, driver });
    const files = built.flatMap(({ file, files }) =>
      files.map((each) => ({ ...each, path: path.join(path.dirname(file), each.name) })),
    );
    const code = files.map((file) => readFileSync(file.path, 'utf8')).join();
    const packages = new Set(files.flatMap(({ contents }) => contents.map(({ from }) => from)));

    const clients = {
      '@cloudbase/node-sdk': 'node-sdk',
      'tcb-admin-node': 'tcb-admin',
      pg: 'postgres',
    };
    const present = Object.entries(clients).filter(([name]) => packages.has(name));
    expect(present.map(([, name]) => name)).toEqual([driver]);
    // Our own code for one database: how it says that a document is there, and its transactions.
    const isPostgres = driver === 'postgres';
    expect(code.includes('pg_current_xact_id')).toBe(isPostgres);
    expect(code.includes('E11000 duplicate key')).toBe(!isPostgres);
    expect(code.includes('DATABASE_TRANSACTION_CONFLICT')).toBe(!isPostgres);
  });

  test('gives the same bytes in another folder, without a path in them', async () => {
    const [first, second] = [checkout(SOURCES), checkout(SOURCES)];

    await Promise.all([build(first), build(second)]);

    for (const name of ['echo', 'tick']) {
      const bytes = readFileSync(path.join(first, 'dist', name, 'index.js'), 'utf8');
      expect(readFileSync(path.join(second, 'dist', name, 'index.js'), 'utf8')).toBe(bytes);
      expect(bytes).not.toContain(first);
      expect(bytes).not.toContain('node_modules');
    }
  });

  test('says what is in a bundle, and leaves out what main does not need', async () => {
    const root = checkout(SOURCES);

    const built = await build(root);
    const [echo, tick] = built;

    const [index] = echo?.files ?? [];
    expect(index?.contents.map(({ from }) => from)).toEqual(
      expect.arrayContaining(['fast-xml-parser', 'our code', 'bundler']),
    );
    expect(index?.contents.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(index?.bytes);
    expect(tick?.files[0]?.contents.map(({ from }) => from)).not.toContain('fast-xml-parser');
    expect(readFileSync(path.join(root, 'dist/echo/index.js'), 'utf8')).not.toContain('leave this');
    expect(sizeTable(built)).toMatch(/^file +KB +gzip KB\necho\/index\.js +\d+\.\d +\d+\.\d\n {2}/);
  });

  test('builds only what is named, and refuses a name that is not there', async () => {
    const root = checkout(SOURCES);

    expect((await build(root, ['tick'])).map(({ name }) => name)).toEqual(['tick']);
    await expect(build(root, ['tock'])).rejects.toThrow(
      'No function tock in functions/. There is: echo, tick.',
    );
  });

  test('has nothing to do where there are no functions', async () => {
    expect(await build(checkout({ 'package.json': '{}' }))).toEqual([]);
  });

  test.each([
    ['a missing main', 'export const mian = 1;', 'No matching export'],
    ['a missing module', "import './gone.ts'; export const main = 1;", 'Could not resolve'],
    ['import.meta, which CommonJS lacks', 'export const main = import.meta.url;', '"import.meta"'],
    ['a syntax error', 'export const main = (;', 'Unexpected ";"'],
  ])('fails on %s and leaves the last good bundle', async (_, source, message) => {
    const root = checkout(SOURCES);
    await build(root);
    const file = path.join(root, 'dist/tick/index.js');
    const good = readFileSync(file, 'utf8');
    writeFileSync(path.join(root, 'functions/tick/index.ts'), source);

    await expect(build(root)).rejects.toThrow(message);

    expect(readFileSync(file, 'utf8')).toBe(good);
  });
});
