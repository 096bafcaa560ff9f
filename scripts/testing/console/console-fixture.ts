import { createDecipheriv, hkdfSync } from 'node:crypto';
import { Secret as CodeSecret, TOTP } from 'otpauth';
import { consoleActions } from '../../../shared/app/actions/console.ts';
import { createAudit } from '../../../shared/app/audit.ts';
import { createAuditReader } from '../../../shared/app/audit-reader.ts';
import { consoleApp } from '../../../shared/app/console.ts';
import { watchedDocuments } from '../../../shared/app/parts/watched-documents.ts';
import type { Role } from '../../../shared/console/role.ts';
import { createQueue } from '../../../shared/jobs/index.ts';
import { accountKeyOf } from '../../../shared/kernel/account-key.ts';
import type { ActionResult } from '../../../shared/kernel/action.ts';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import type { SettingName } from '../../../shared/kernel/settings.ts';
import { settings } from '../../../shared/kernel/settings.ts';
import { newSecret } from '../../../shared/proxy/secrets.ts';
import { httpFunction } from '../../../shared/scf/http.ts';
import { invokable } from '../../../shared/scf/invoke.ts';
import { createBinder } from '../../../shared/store/binder.ts';
import { boundStore } from '../../../shared/store/bound-store.ts';
import { createMemoryStore } from '../../../shared/store/memory.ts';
import { type HttpAnswer, httpAnswer } from '../../emulator/scf/http-answer.ts';
import { httpEvent } from '../../emulator/scf/http-event.ts';
import { createFakeClock } from '../fake-clock.ts';
import { testEnv, testTrace } from '../test-account.ts';

/** Where the browsers of these tests think that the console is. */
export const SITE = 'https://ops.example.com';

export const PASSWORD = 'correct horse 电池';

/** One request of a browser as it is sent. */
export interface BrowserRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly remoteAddress?: string;
}

type Send = (request: BrowserRequest) => Promise<HttpAnswer & { readonly result: unknown }>;

/** The function console over a store in memory, and the browsers of operators that ask it. */
export function openConsole({
  env = {},
}: {
  readonly env?: Readonly<Record<string, string>>;
} = {}) {
  const clock = createFakeClock(Date.UTC(2026, 10, 29, 3));
  const raw = createMemoryStore({ now: clock.now });
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now });
  const all = { ...testEnv, CONSOLE: 'on', ...env };
  const config = loadConfig(all, Object.keys(settings) as readonly SettingName[]);
  const binder = createBinder(accountKeyOf(config));
  const store = { ...boundStore(raw, binder, log), preload: async () => {} };
  const write = createAudit({ store, binder, now: clock.now, log });
  const auditOf = (name: string) => (act: Parameters<typeof write>[0]) =>
    write({ ...act, action: `${name} ${act.action}` });
  const world = { env: all, clock, writeLine: () => {}, random: () => 0.5 };
  const app = consoleApp(
    world,
    async (name) => (/^page\.(js|css)$/.test(name) ? Buffer.from(`/* ${name} */`) : undefined),
    {
      ...{ clock, log, config, store, auditOf, values: {}, traceOf: testTrace },
      audit: auditOf('console'),
      finish: async () => {},
    },
  );
  const main = httpFunction(app);
  const operate = invokable(consoleActions, () => app);
  const context = { request_id: 'r-1', environment: '{"TRIGGER_SRC":"scf"}' };

  const send: Send = async ({ method = 'POST', path, headers = {}, body = '', remoteAddress }) => {
    const given = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [name, value],
    );
    const event = httpEvent('function-url', {
      method,
      url: path,
      mount: '',
      rawHeaders: given,
      body: Buffer.from(body),
      remoteAddress: remoteAddress ?? '203.0.113.9',
      requestId: 'r-1',
      namespace: 'default',
    });
    const result = await main(event, context);
    return { ...httpAnswer('function-url', result), result };
  };

  /** Invokes the function, as a holder of the cloud's keys may. */
  async function invoke(action: string, payload: unknown): Promise<ActionResult> {
    return operate({ action, payload }, context);
  }

  return {
    ...{ clock, raw, store, lines, send, invoke, binder },
    queue: createQueue({ store, clock, log, wakeWorker: async () => {} }),
    audit: createAuditReader({ store, binder, watched: watchedDocuments(store, binder) }),
    browser: (options: ConstructorParameters<typeof Browser>[1] = {}) => new Browser(send, options),
    /** Signs an operator in by a link of the keys' holder; gives the browser. */
    async signedIn(name: string, role: Role) {
      const secret = newSecret();
      const invited = await invoke('admit', { name, role, secret });
      if (!invited.ok) throw new Error(invited.error.message);
      const browser = new Browser(send, {});
      await browser.call('sign-in', 'admit', { secret });
      return browser;
    },
    /** Invites an operator who sets up a password; gives the secret of the codes. */
    async withPassword(name: string, role: Role) {
      const secret = newSecret();
      await invoke('invite', { name, role, secret });
      const codeSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
      const code = codeAt(codeSecret, clock.now());
      const payload = { secret, password: PASSWORD, code, codeSecret };
      const browser = new Browser(send, {});
      const result = await browser.ask('sign-in', 'enrollPassword', payload);
      // Each code is good once.
      await clock.advance(60_000);
      return { browser, result, codeSecret };
    },
  };
}

export function codeAt(secret: string, timestamp: number): string {
  return new TOTP({ secret: CodeSecret.fromBase32(secret) }).generate({ timestamp });
}

/** A browser with the page: its key, its cookie, and what it opens answers with. */
export class Browser {
  readonly #send: Send;
  readonly #remoteAddress: string | undefined;
  key: string;
  cookie = '';

  constructor(send: Send, options: { readonly key?: string; readonly remoteAddress?: string }) {
    this.#send = send;
    this.key = options.key ?? newSecret();
    this.#remoteAddress = options.remoteAddress;
  }

  /** The whole answer. `headers` may replace those of a browser; undefined leaves one out. */
  async raw(
    area: string,
    action: string,
    payload?: unknown,
    headers: BrowserRequest['headers'] = {},
  ) {
    const answer = await this.#send({
      path: `/console/api/${area}/${action}`,
      headers: {
        'content-type': 'application/json',
        origin: SITE,
        'sec-fetch-site': 'same-origin',
        'x-console-key': this.key,
        'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/143.0 Safari/537.36',
        cookie: this.cookie === '' ? undefined : this.cookie,
        ...headers,
      },
      body: payload === undefined ? '' : JSON.stringify(payload),
      ...(this.#remoteAddress === undefined ? {} : { remoteAddress: this.#remoteAddress }),
    });
    const set = Object.entries(answer.headers).find(([name]) => name === 'set-cookie')?.[1];
    if (set !== undefined) this.cookie = String(set).split(';')[0] ?? '';
    return answer;
  }

  async ask(
    area: string,
    action: string,
    payload?: unknown,
    headers: BrowserRequest['headers'] = {},
  ): Promise<ActionResult & { readonly status: number }> {
    const { status, body } = await this.raw(area, action, payload, headers);
    return { status, ...openAnswer(this.key, body.toString()) };
  }

  /** @throws Error with what is refused */
  async call(area: string, action: string, payload?: unknown): Promise<unknown> {
    const result = await this.ask(area, action, payload);
    if (result.ok) return result.data;
    throw new Error(`${result.error.code}: ${result.error.message}`);
  }
}

/** As the page opens it, by another library. */
export function openAnswer(key: string, sealed: string): ActionResult {
  const bytes = Buffer.from(sealed, 'base64url');
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'fuwuhao v1 console answer', 32));
  const decipher = createDecipheriv('aes-256-gcm', derived, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  return JSON.parse(text.toString()) as ActionResult;
}
