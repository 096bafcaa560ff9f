import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Role } from '../../../shared/console/role.ts';
import { accountKeyOf } from '../../../shared/kernel/account-key.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { newSecret } from '../../../shared/proxy/secrets.ts';
import { createBinder } from '../../../shared/store/binder.ts';
import { boundStore } from '../../../shared/store/bound-store.ts';
import type { Store } from '../../../shared/store/store.ts';
import type { EmulationOptions } from '../../start/emulation/options.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { launchChromium } from '../tools/browser.ts';
import { fixtureAccount } from '../tools/fixture-build.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const WIDTH = 1_200;
const HEIGHT = 800;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How an operator looks at the page. */
export interface Look {
  readonly language: '中文' | 'English';
  readonly theme: 'light' | 'dark';
  readonly width?: number;
}

/** The console of a whole emulation in Chromium, for the tests of its pages. */
export interface ConsoleBrowser {
  readonly emulation: Emulation;
  /** Signed in as a manager. */
  readonly page: Page;
  /** The store as the functions have it, with proofs. */
  readonly store: Store;
  /** Another browser, in which nobody is signed in. */
  stranger(): Promise<Page>;
  /** The console in the browser of somebody else. */
  signedIn(name: string, role: Role): Promise<Page>;
  /** Opens a page of the console by its route, such as `jobs`. */
  open(route: string): Promise<void>;
  /** Invokes a function as `npm run invoke` does. @throws Error with what it refuses */
  invoke(name: string, action: string, payload?: unknown): Promise<unknown>;
  look(look: Look): Promise<void>;
  /** What axe finds; empty if all is well. */
  axe(): Promise<readonly string[]>;
  /** The same in both languages and both themes. */
  faults(): Promise<readonly string[]>;
  /** Requests to other hosts, and scripts that failed or were refused by the policy; empty if all is well. */
  readonly trouble: readonly string[];
  close(): Promise<void>;
}

/**
 * @param chromiumPath a Chromium of this machine
 * @param options of the emulation: further settings of the functions, another account
 * @throws Error if it does not open; nothing of it is left running then
 */
export async function openConsoleBrowser(
  chromiumPath: string,
  options: Partial<Pick<EmulationOptions, 'settings' | 'account'>> = {},
): Promise<ConsoleBrowser> {
  const fixed = { root, port: 0, mode: 'safe', timers: 'hand' } as const;
  const starting = [
    startEmulation({ ...fixed, account: fixtureAccount, ...options }),
    launchChromium(chromiumPath),
  ] as const;
  const [emulation, browser] = await Promise.all(starting).catch(async (error: unknown) => {
    const started = await Promise.allSettled(starting);
    for (const each of started) if (each.status === 'fulfilled') await each.value.close();
    throw error;
  });
  const trouble: string[] = [];
  const { appid, secret } = emulation.account;
  const key = accountKeyOf({ appid, appsecret: new Secret(secret) });
  const log = createLog({ write: () => {}, now: emulation.wechatApi.clock.now });
  const store = boundStore(emulation.database.instance(), createBinder(key), log);
  // What was started would go on running after a test whose first page does not open.
  const page = await firstPage().catch(async (error: unknown) => {
    await close();
    throw error;
  });

  return {
    ...{ emulation, page, store, trouble },
    stranger: async () => newPage(await newContext()),
    async signedIn(name, role) {
      const secret = newSecret();
      await invoke('console', 'admit', { name, role, secret });
      const other = await newPage(await newContext());
      await other.goto(`${page.url().replace(/#.*/, '')}#admit=${secret}`);
      await other.getByText(`${name} ·`).waitFor();
      return other;
    },
    async open(route) {
      await page.evaluate((hash) => {
        (globalThis as unknown as { location: { hash: string } }).location.hash = hash;
      }, `#/${route}`);
      await page.locator('.content h2').waitFor();
    },
    invoke,
    look,
    axe: () => axeOn(page),
    async faults() {
      const found: string[] = [];
      for (const language of ['English', '中文'] as const) {
        for (const theme of ['light', 'dark'] as const) {
          await look({ language, theme });
          const faults = await axeOn(page);
          found.push(...faults.map((fault) => `${language} ${theme} ${fault}`));
        }
      }
      return found;
    },
    close,
  };

  async function close(): Promise<void> {
    await browser.close();
    await emulation.close();
  }

  async function look({ language, theme, width = WIDTH }: Look): Promise<void> {
    await page.setViewportSize({ width, height: HEIGHT });
    const lang = language === '中文' ? 'zh-CN' : 'en';
    if ((await page.locator('html').getAttribute('lang')) !== lang) {
      // No pointer comes to it while a dialog is open.
      await page.getByRole('button', { name: language, exact: true }).dispatchEvent('click');
    }
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(`html[lang="${lang}"][data-theme="${theme}"]`).waitFor();
  }

  async function firstPage(): Promise<Page> {
    const opened = await newPage(await newContext());
    const answer = await opened.goto(emulation.urls.console);
    if (!answer?.ok()) throw new Error(`The console did not open: ${await answer?.text()}`);
    await opened.getByRole('navigation').waitFor();
    return opened;
  }

  async function invoke(name: string, action: string, payload?: unknown): Promise<unknown> {
    const outcome = await emulation.scf.invoke(name, { action, payload });
    const { ok, data, error } = Object(outcome.ok ? outcome.result : outcome) as {
      readonly ok?: boolean;
      readonly data?: unknown;
      readonly error?: unknown;
    };
    if (ok !== true) throw new Error(JSON.stringify(error));
    return data;
  }

  function newContext(): Promise<BrowserContext> {
    const viewport = { width: WIDTH, height: HEIGHT };
    return browser.newContext({ viewport, locale: 'zh-CN', reducedMotion: 'reduce' });
  }

  async function newPage(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      const isOurs = hostname === 'localhost' || hostname === '127.0.0.1';
      if (protocol.startsWith('http') && !isOurs) trouble.push(request.url());
    });
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/.test(message.text())) trouble.push(message.text());
    });
    return page;
  }
}

/** The page's policy lets no script in; what Chromium evaluates for a test is none of the page's. */
async function axeOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run('html', {
      resultTypes: ['violations'],
    }),
  );
  if (passes.length === 0) throw new Error('axe has looked at nothing.');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
