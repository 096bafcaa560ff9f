import { describe } from '@jest/globals';
import { findChromium, NO_CHROMIUM } from './browser.ts';

/** Describes tests in Chromium: where there is none they are skipped aloud, and in CI that is an error. */
export function describeInBrowser(name: string, tests: (chromiumPath: string) => void): void {
  const chromiumPath = findChromium();
  if (!chromiumPath) {
    if (process.env.CI) throw new Error(NO_CHROMIUM);
    console.warn(NO_CHROMIUM);
  }
  (chromiumPath ? describe : describe.skip)(name, () => tests(chromiumPath ?? ''));
}
