import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { BuildCache } from '../../build/build-cache.ts';
import { filesOf } from '../../build/files-of.ts';
import { pageOptions } from '../../build/page-bundle.ts';
import { toolsRoot } from '../../project/root.ts';

/** A file of the page as it is served. */
export interface PageFile {
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

const options = {
  ...pageOptions,
  entryPoints: ['scripts/emulator/simulator/page/main.tsx'],
  outdir: 'page',
} as const satisfies BuildOptions;

/** Bundles the page, in a tenth of a second where it has changed. @throws BuildFailure of esbuild */
export async function buildPage(): Promise<ReadonlyMap<string, PageFile>> {
  const made = await new BuildCache().files(toolsRoot, options, async () =>
    filesOf(await build({ ...options, absWorkingDir: toolsRoot })),
  );
  const contentTypes: Readonly<Record<string, string>> = {
    '.js': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
  };
  const files = made.map(({ name, code }): [string, PageFile] => [
    `/${name}`,
    { contentType: contentTypes[path.extname(name)] ?? 'text/plain', body: code },
  ]);
  return new Map([['/', { contentType: 'text/html; charset=utf-8', body: HTML }], ...files]);
}

/** Pictures and pages that the account shows may come from anywhere; code only from here. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src * data: blob:',
  'media-src * blob:',
  'frame-src *',
  "frame-ancestors 'none'",
].join('; ');

const HTML = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>fuwuhao 服务号</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%2307c160'/%3E%3Cpath d='M7 8h18v12H15l-5 4v-4H7z' fill='%23fff'/%3E%3C/svg%3E">
<link rel="stylesheet" href="main.css">
<script type="module" src="main.js"></script>
</head>
<body><div id="app"></div></body>
</html>
`;
