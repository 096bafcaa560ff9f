import { createHash } from 'node:crypto';
import type { HttpResponse } from '../kernel/http.ts';

/** Reads a file of the page as the build has made it; undefined if there is none of this name. */
export type ReadPageFile = (name: string) => Promise<Uint8Array | undefined>;

/** Code, styles and data from this host alone; nothing may frame the page or make it write raw HTML. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Of every answer of the console. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'strict-transport-security': 'max-age=31536000',
};

const FILE = /\/(page(?:-[\w-]+)?\.(js|css))$/;
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/**
 * The page and its files. How much of the path a gateway passes on differs, so that only the end of it
 * counts.
 */
export async function pageFile(path: string, read: ReadPageFile): Promise<HttpResponse> {
  const [, name, ending = ''] = FILE.exec(path) ?? [];
  if (name !== undefined) {
    const body = await read(name);
    // The page asks for its files by their content, so that they never change under one address.
    const headers = {
      'content-type': types[ending] ?? '',
      'cache-control': 'public, max-age=31536000, immutable',
    };
    return body ? { status: 200, headers, body } : notFound();
  }
  if (!/\/(?:console\/?)?$/.test(path)) return notFound();
  const [script, style] = await Promise.all(['page.js', 'page.css'].map(read));
  if (!script || !style) throw new Error('The page of the console is not beside its function.');
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: html(digest(script), digest(style)),
  };
}

function notFound(): HttpResponse {
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found.\n' };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** `console/` before the names: right below `/console` and, since only the end counts, anywhere else. */
const html = (script: string, style: string) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>服务号运营台</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%2307c160'/%3E%3Cpath d='M7 8h18v12H15l-5 4v-4H7z' fill='%23fff'/%3E%3C/svg%3E">
<link rel="stylesheet" href="console/page.css?${style}">
<script type="module" src="console/page.js?${script}"></script>
</head>
<body><div id="app"></div><noscript>本页需要 JavaScript。 This page needs JavaScript.</noscript></body>
</html>
`;
