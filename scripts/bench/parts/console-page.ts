import { openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { type FirstVisit, firstVisit } from '../../testing/console/first-visit.ts';
import { findChromium, NO_CHROMIUM } from '../../testing/tools/browser.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';

const TITLE = 'The first page of the console';
const ROUNDS = { long: 15, short: 5 };

/** (o) What a browser that has nothing of the console is sent for its first page, and how soon it is there. */
export async function consolePage({ isShort }: BenchContext): Promise<PartReport> {
  const chromiumPath = findChromium();
  if (!chromiumPath) return { title: TITLE, note: NO_CHROMIUM, columns: [], rows: [], ratios: {} };
  const console = await openConsoleBrowser(chromiumPath);
  try {
    const pages = [
      { name: 'the sign-in', url: console.page.url().replace(/#.*/, ''), text: '用通行密钥登录' },
      { name: 'the overview, signed in', url: console.emulation.urls.console, text: '一切正常' },
    ];
    const visits = new Map<string, FirstVisit[]>();
    for (let round = 0; round < (isShort ? ROUNDS.short : ROUNDS.long); round += 1) {
      for (const { name, url, text } of pages) {
        const page = await console.stranger();
        visits.set(name, [...(visits.get(name) ?? []), await firstVisit(page, url, text)]);
        await page.context().close();
      }
    }
    return {
      title: TITLE,
      note: 'In Chromium on the emulation of `npm start`, with nothing in its cache: KB of script as it was sent and in how many files; ms from the navigation until something is painted, and until what the page asks the function for stands there (the signing in by the link of the run among it). Medians.',
      columns: ['KB', 'files', 'paint', 'content'],
      rows: [...visits].map(([name, all]) => {
        const of = (field: keyof FirstVisit) => median(all.map((visit) => visit[field]));
        const figures = [of('scriptBytes') / 1_000, of('scriptFiles')];
        return { name, values: [...figures, of('paintMs'), of('contentMs')] };
      }),
      ratios: {},
    };
  } finally {
    await console.close();
  }
}
