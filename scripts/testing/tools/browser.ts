import { strictEqual } from 'node:assert';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A Chromium of this machine, or `undefined` where there is none. */
export function findChromium(): string | undefined {
  return places.find((place) => place !== undefined && existsSync(place));
}

/** What a run without a browser prints, so that it does not pass for a test of the page. */
export const NO_CHROMIUM = `No Chromium on this machine: THE PAGES ARE NOT TESTED.
Install one (Debian: apt-get install chromium fonts-noto-cjk), or name it in CHROMIUM_PATH.`;

/**
 * Starts it without a window; it reaches this machine and nothing else. It keeps the real clock when
 * the tests run at another moment: under faketime Chromium waits for ever.
 */
export function launchChromium(executablePath: string): Promise<Browser> {
  const { LD_PRELOAD: _preload, ...env } = process.env;
  return chromium.launch({
    executablePath,
    env,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
}

/** Waits until a page shows what it should: it is drawn anew when it has heard of what was done. */
export async function becomes<T>(read: () => Promise<T>, wanted: T): Promise<void> {
  const until = performance.now() + 60_000;
  let shown = await read();
  for (; shown !== wanted && performance.now() < until; shown = await read()) await delay(50);
  // Not by jest: the benchmark starts this browser, too.
  strictEqual(shown, wanted);
}
