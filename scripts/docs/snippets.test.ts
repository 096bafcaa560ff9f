import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { fencesOf, readPages } from './pages.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Snippets import as a file of functions/callback/ does, and as a user of the client does. */
test('each TypeScript snippet of a page compiles', () => {
  const snippets = readPages(root)
    .filter(({ file }) => /^(README|docs\/)/.test(file))
    // Declarations, which have no bodies.
    .filter(({ file }) => !file.endsWith('reference-api.md'))
    .flatMap(fencesOf)
    .filter(({ language }) => language === 'ts');
  const folder = mkdtempSync(path.join(tmpdir(), 'fuwuhao-snippets-'));
  try {
    for (const [index, { file, code }] of snippets.entries()) {
      const name = `${index}-${file.replaceAll('/', '-')}.ts`;
      writeFileSync(
        path.join(folder, name),
        `${code.replaceAll("'../../", `'${root}/`)}export {};\n`,
      );
    }
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(configuration()));

    const { stdout, status } = spawnSync(
      process.execPath,
      [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', folder],
      { encoding: 'utf8' },
    );

    expect(snippets.length).toBeGreaterThan(10);
    expect(stdout).toBe('');
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function configuration() {
  const modules = path.join(root, 'node_modules');
  return {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: {
      module: 'esnext',
      moduleResolution: 'bundler',
      typeRoots: [path.join(modules, '@types')],
      noUnusedLocals: false,
      paths: {
        fuwuhao: [path.join(root, 'shared/index.ts')],
        'fuwuhao/testing': [path.join(root, 'scripts/testing/bot.d.mts')],
        'fuwuhao/client': [path.join(root, 'shared/proxy-sdk/index.ts')],
        '@jest/globals': [path.join(modules, '@jest/globals')],
        valibot: [path.join(modules, 'valibot')],
      },
    },
    include: ['*.ts'],
    exclude: [],
  };
}
