import { endpointByName } from '../../../shared/wechat/catalogue/endpoints.ts';
import { residentMb } from '../scf/memory.ts';
import type { MassSendsAnswer } from '../wechat/control/content.ts';
import type { ShownQrcode } from '../wechat/state/qrcodes.ts';
import type { Book } from './book.ts';
import type { Emulators } from './emulators.ts';
import type { Sections } from './feed.ts';
import { type Phones, rowsOf } from './phones.ts';
import type { ShownDocument } from './shown-database.ts';
import type { WechatControl } from './wechat-control.ts';

const MAX_JOBS = 100;
/** Ciphertext tells nobody anything, and a token does not belong on a page. */
const SEALED = /^sealed/i;

export interface SectionsOptions {
  readonly book: Book;
  readonly emulators: Emulators;
  readonly phones: Phones;
  readonly control: WechatControl;
  /** How the last build of the functions went. */
  readonly build: () => BuildView;
}

/** What there is to say about a build. */
export interface BuildView {
  /** Milliseconds since the epoch, by the machine's clock. */
  readonly at: number;
  readonly ok: boolean;
  /** Which functions run new code since then. */
  readonly functions: readonly string[];
  readonly ms: number;
  /** As a terminal would show them; empty when all is well. */
  readonly errors: string;
}

/** The value of each section. */
export type SectionValues = {
  readonly [Name in keyof ReturnType<typeof createMakers>]: Awaited<
    ReturnType<ReturnType<typeof createMakers>[Name]>
  >;
};

/** The state of everything, by name; each part is small enough to be sent as a whole. */
export function createSections(options: SectionsOptions): () => Promise<Sections> {
  const makers = createMakers(options);
  return async () =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(makers).map(async ([name, make]) => [name, await make()] as const),
      ),
    );
}

function createMakers(options: SectionsOptions) {
  const { book, emulators, phones, control, build } = options;
  const { account, urls, pushFaults, wechatApi, scf, cloudbase, envId, collections } = emulators;
  const { database, model } = emulators;
  return {
    account: () => {
      const { appid, originalId, mode } = account;
      return { appid, originalId, mode, home: emulators.home, urls, envId };
    },
    build,
    phones: async () => rowsOf(await phones.views()),
    menuRefresh: phones.refreshRule,
    clock: () => ({ offsetMs: Math.round((wechatApi.clock.now() - Date.now()) / 100) * 100 }),
    functions,
    tokens: async () => {
      const { tokens, tickets, statistics } = wechatApi.inspect();
      const documents = await documentsOf(collections.token);
      return { wechat: { tokens, tickets, statistics }, documents };
    },
    quotas: () => {
      const { usedToday } = wechatApi.inspect().quotas;
      const paths = Object.keys(usedToday).flatMap((name) => endpointByName(name)?.path ?? []);
      return Promise.all(
        paths.map(async (path) => ({
          path,
          // It changes nothing that it is not given.
          ...(await control.call<QuotaAnswer>('POST', '/quota', { path })),
        })),
      );
    },
    store: async () => ({
      collections: await database.collections(),
      version: await database.version(),
    }),
    jobs: () => documentsOf(collections.jobs),
    deadJobs: () => documentsOf(collections.jobs, { state: 'dead' }),
    massSends: async () => {
      const answer = await control.call<MassSendsAnswer>('GET', '/mass-sends');
      const { jobs, previews, allowance } = answer;
      return { jobs: jobs.slice(-50), previews: previews.slice(-50), allowance };
    },
    qrcodes: () => control.call<readonly ShownQrcode[]>('GET', '/qrcodes'),
    model: () => ({ behaviour: model.behaviour(), count: model.count() }),
    faults: () => ({
      push: pushFaults.list(),
      wechat: wechatApi.inspect().faults,
      cloudbase: cloudbase.control.faults.list(),
    }),
  };

  async function documentsOf(
    collection: string,
    equals: Readonly<Record<string, string>> = {},
  ): Promise<readonly ShownDocument[]> {
    const { documents } = await database.find(collection, { limit: MAX_JOBS, equals });
    return documents.map((document) =>
      Object.fromEntries(Object.entries(document).filter(([name]) => !SEALED.test(name))),
    );
  }

  function functions() {
    const instances = scf.instances();
    const last = book.lastInvocations();
    return scf.functions().map(({ name, memoryMb, timeoutSeconds, http, timers = [] }) => {
      const record = last.get(name);
      return {
        name,
        memoryMb,
        timeoutSeconds,
        url: http?.path ?? null,
        timers: timers.map((timer) => ({ name: timer.name, cron: timer.cron })),
        last: record && describeInvocation(record),
        instances: instances
          .filter((instance) => instance.function === name)
          .map((instance) => ({
            ...instance,
            residentMb: Math.round(residentMb(instance.pid) ?? 0),
          })),
      };
    });
  }
}

interface QuotaAnswer {
  readonly day: number;
  readonly minute?: number;
  readonly used: number;
}

function describeInvocation(record: {
  readonly source: string;
  readonly attempt: number;
  readonly outcome: {
    readonly ok: boolean;
    readonly ms: number;
    readonly cold: boolean;
    readonly initMs: number;
    readonly memoryMb: number;
    readonly requestId: string;
    readonly error?: { readonly errorMessage: string };
  };
}) {
  const { source, attempt, outcome } = record;
  const { ok, ms, cold, initMs, memoryMb, requestId, error } = outcome;
  return {
    source,
    attempt,
    ok,
    ms: Math.round(ms),
    cold,
    initMs: Math.round(initMs),
    memoryMb: Math.round(memoryMb),
    requestId,
    ...(error ? { error: error.errorMessage } : {}),
  };
}
