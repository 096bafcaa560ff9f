import type { Page, Request } from 'playwright-core';

/** What it took until a page was there, in a browser that had nothing of it. */
export interface FirstVisit {
  /** As it was sent, over HTTP. */
  readonly scriptBytes: number;
  readonly scriptFiles: number;
  /** From the beginning of the navigation until anything was painted, and until `text` stood there. */
  readonly paintMs: number;
  readonly contentMs: number;
}

/** Opens a page until a text is there; `page` must be new, in a context of its own. */
export async function firstVisit(page: Page, url: string, text: string): Promise<FirstVisit> {
  const scripts: Request[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') scripts.push(request);
  });
  await page.addInitScript({ content: `(${WATCH})(${JSON.stringify(text)})` });
  await page.goto(url);
  await page.getByText(text).first().waitFor();
  const sizes = await Promise.all(scripts.map((request) => request.sizes()));
  const { paintMs, contentMs } = (await page.evaluate(TIMES)) as Pick<
    FirstVisit,
    'paintMs' | 'contentMs'
  >;
  return {
    scriptBytes: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0),
    scriptFiles: scripts.length,
    ...{ paintMs, contentMs },
  };
}

/** Runs in the page, before its own scripts. */
const WATCH = `(text) => {
  const watcher = new MutationObserver(() => {
    if (!document.body?.textContent.includes(text)) return;
    watcher.disconnect();
    performance.mark('content');
  });
  watcher.observe(document, { childList: true, subtree: true, characterData: true });
}`;

const TIMES = `({
  paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  contentMs: performance.getEntriesByName('content')[0]?.startTime ?? NaN,
})`;
