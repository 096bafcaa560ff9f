import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jobCollection } from '../../shared/jobs/index.ts';
import { present } from '../../shared/kernel/present.ts';
import { Secret } from '../../shared/kernel/secret.ts';
import { tokenCollection } from '../../shared/token/index.ts';
import { type CloudbaseEmulator, startCloudbase } from '../emulator/cloudbase/index.ts';
import type { EmulatedModel } from '../emulator/model/model.ts';
import type { InvocationRecord, LogLine } from '../emulator/scf/invocation.ts';
import { startInvokeApi } from '../emulator/scf/invoke-api.ts';
import { createScf, type ScfEmulator } from '../emulator/scf/scf.ts';
import { createBook } from '../emulator/simulator/book.ts';
import { startPageServer } from '../emulator/simulator/page-server.ts';
import { createPushFaults } from '../emulator/simulator/push-faults.ts';
import type { BuildView } from '../emulator/simulator/sections.ts';
import { createSimulator, type Simulator } from '../emulator/simulator/simulator.ts';
import { createWechatApi, type WechatApi } from '../emulator/wechat/api.ts';
import type { PushMode } from '../emulator/wechat/push/account.ts';
import type { PushHome } from '../emulator/wechat/push/home.ts';
import { createPush, type Push } from '../emulator/wechat/push/push.ts';
import type { SentMessage } from '../emulator/wechat/state/sent.ts';
import { keepRunning } from '../project/running.ts';
import { answeredMessage } from './answered-message.ts';
import { consoleFirst } from './console-link.ts';
import { cloudbaseDatabase } from './database/cloudbase-database.ts';
import type { LocalDatabase, LocalStore } from './database/local-database.ts';
import {
  type PostgresDatabaseOptions,
  startPostgresDatabase,
} from './database/postgres-database.ts';
import { describeMessage } from './describe-message.ts';
import { createFarClock } from './far-clock.ts';
import { type BundleSource, buildOnce, startHotReload } from './hot-reload.ts';
import {
  accountOf,
  LOCAL_ENV_ID,
  type LocalAccount,
  type LocalEnvironment,
} from './local-account.ts';
import { provision, resultOf } from './local-database.ts';
import { functionEnv, localFunctions, type TimerMode } from './local-functions.ts';
import {
  type CloudHome,
  type CloudHomeOptions,
  localDocumentKey,
  startCloudHome,
} from './local-home.ts';
import { keysOf, type LocalKeys, privateFolder } from './local-keys.ts';
import { startLocalModel } from './local-model.ts';
import { createLocalSessions } from './local-sessions.ts';
import { openOwnVariables, type Texts } from './own-variables.ts';

export interface EmulationOptions {
  readonly root: string;
  /** The module whose `account` handles the messages, absolute. */
  readonly account: string;
  /** Where the bundles go; unless given, into a folder that lasts as long as the emulation. */
  readonly outDir?: string;
  /**
   * Of the functions; the WeChat API, CloudBase and the page get the next three. 0: any four. A tunnel
   * may lead to this one, and to no other.
   */
  readonly port: number;
  readonly mode: PushMode;
  /** Where the account lives; on a server of its own unless given. */
  readonly home?: PushHome;
  /** More about a home inside WeChat Cloud. */
  readonly cloud?: Omit<CloudHomeOptions, 'home'>;
  /** What fires the timers: their own crons, or nothing but `scf.fireTimer`, as tests need it. */
  readonly timers: TimerMode;
  /** Whether what is saved runs at once. Default: the code of the start goes on, whatever is saved. */
  readonly reloads?: boolean;
  /** Variables of a real account: the functions get them, and call WeChat instead of the emulator. */
  readonly env?: Readonly<Record<string, string>>;
  /** Unless given, those of the state folder. */
  readonly keys?: LocalKeys;
  /** What is to be kept between runs stands in this folder; without it, nothing is kept. */
  readonly stateDir?: string;
  /** Where the account's own variables have their texts, read again when its source changes. */
  readonly readTexts?: () => Texts;
  /** Further settings of the functions, as a deploy would take them from `.env`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What the functions keep their documents in; default: the documents of CloudBase. */
  readonly store?: LocalStore;
  /** Of a PostgreSQL that the emulation starts. */
  readonly postgres?: Omit<PostgresDatabaseOptions, 'folder'>;
  /** Of one function; default 20. */
  readonly maxInstances?: number;
  /**
   * Runs the functions that have a server as HTTP functions, with so many requests at a time in one
   * instance; unless given, as serverless.yml says.
   */
  readonly concurrency?: number | undefined;
  /** Where a debugger may attach to the callback, which is then one process, an HTTP function. */
  readonly inspectPort?: number;
  readonly onLog?: (line: LogLine) => void;
  readonly onInvocation?: (record: InvocationRecord) => void;
  /** Hears how each build after the first went. */
  readonly onBuild?: (state: BuildView) => void;
}

/** A whole backend on this machine, with everything around it that is not ours. */
export interface Emulation {
  readonly account: LocalAccount;
  readonly home: PushHome;
  readonly environment: LocalEnvironment;
  readonly keys: LocalKeys;
  readonly urls: {
    /** The page, with the key of the run; the control API lies below it. */
    readonly simulator: string;
    readonly callback: string;
    readonly wechatApi: string;
    readonly cloudbase: string;
    readonly metrics: string;
    readonly proxy: string;
    /** Leads to the console, signed in; it holds the key of the run, and is good as often as it is opened. */
    readonly console: string;
    /** Of the language model, as `MODEL_URL` has it. */
    readonly model: string;
  };
  /** WeChat's side of the callback. */
  readonly push: Push;
  /** Tells of every message that the account writes to a follower by the API. */
  onSend(listener: (message: SentMessage) => void): void;
  readonly scf: ScfEmulator;
  readonly wechatApi: WechatApi;
  readonly cloudbase: CloudbaseEmulator;
  readonly model: EmulatedModel;
  /** The functions' database, looked at past all faults. */
  readonly database: LocalDatabase;
  /** What is wrong with the account's own variables: the functions that run it do not start. */
  variableProblems(): readonly string[];
  /** Reads the texts of these variables again, for new instances. */
  renewVariables(): Promise<void>;
  /** Ends every process and server. */
  close(): Promise<void>;
}

/** How long WeChat waits for a handler that a debugger may stop. */
const INSPECTED_MS = 3_600_000;

/** Builds the functions and starts them, WeChat and CloudBase. @throws Error if a port is taken. */
export async function startEmulation(options: EmulationOptions): Promise<Emulation> {
  const { root, port, mode, env, stateDir, store = 'cloudbase', home = 'server' } = options;
  const keys = options.keys ?? keysOf(stateDir);
  const account = accountOf(mode, keys, env);
  const environment: LocalEnvironment = {
    envId: LOCAL_ENV_ID,
    secretId: keys.secretId,
    secretKey: keys.secretKey,
  };
  const outDir = options.outDir ?? mkdtempSync(path.join(tmpdir(), 'fuwuhao-dist-'));
  const closers: (() => Promise<void>)[] = [];
  const listeners: ((message: SentMessage) => void)[] = [];
  if (!options.outDir) closers.push(async () => rmSync(outDir, { recursive: true, force: true }));
  async function close(): Promise<void> {
    for (const closer of closers.splice(0).reverse()) await closer();
  }

  try {
    const localModel = await startLocalModel();
    closers.push(() => localModel.close());
    const own = await openOwnVariables({
      root,
      account: options.account,
      readTexts: () => localModel.textsWith(options.readTexts?.() ?? {}),
    });
    const source: BundleSource = {
      root,
      account: options.account,
      driver: store === 'postgres' ? 'postgres' : 'node-sdk',
      outDir,
      linksMaps: options.inspectPort !== undefined,
    };
    const reload = options.reloads
      ? await startHotReload(source, {
          async swap(name) {
            await own.refresh();
            await swap(name);
          },
          onState(state) {
            simulator?.touch();
            options.onBuild?.(state);
          },
        })
      : await buildOnce(source);
    closers.push(() => reload.close());
    const book = createBook({
      now: () => wechatApi.clock.now(),
      fetch: (input, init) => wechatApi.fetch(input, init),
      // Without an answer, as when the database has just been closed, the order of the chat decides.
      answered: (sent) =>
        answeredMessage(database.shown, jobCollection.name, sent).catch(() => undefined),
      ...folder(stateDir, 'simulator'),
    });
    const pushFaults = createPushFaults(async () => {
      const busy = running.instances().filter(({ state }) => state === 'busy');
      const called = busy.filter((instance) => instance.function === 'callback');
      await Promise.all(called.map(({ id }) => running.kill(id)));
      return called.length;
    });
    /** New events of the function go to new instances, with the variables as they are now. */
    async function swap(name: string): Promise<void> {
      const spec = scf?.functions().find((each) => each.name === name);
      if (!spec) return;
      await scf?.reload(name, { environment: { ...spec.environment, ...own.of(name) } });
    }
    // The three call each other: WeChat the callback, the functions both of the others.
    let scf: ScfEmulator | undefined;
    let simulator: Simulator | undefined;
    let cloudHome: CloudHome | undefined;
    const callbackUrl = () => cloudHome?.address ?? `${scf?.url ?? ''}/callback`;
    const push = once(() => {
      const wire = createPush({
        account,
        callbackUrl: callbackUrl(),
        now: wechatApi.clock.now,
        // A handler that a debugger has stopped is not delivered its message again.
        ...(options.inspectPort === undefined ? {} : { timeoutMs: INSPECTED_MS }),
        fetch: (input, init) => pushFaults.strike(() => fetch(input, init), init?.signal),
        ...present({ route: cloudHome?.routeBy(() => running, wechatApi, pushFaults) }),
        onDelivery: book.noteDelivery,
      });
      return book.watch(withFollowers(wire, wechatApi));
    });

    const wechatApi = createWechatApi({
      account: { appid: account.appid, secret: account.secret },
      now: Date.now,
      callbackUrl,
      pushEvent: (event) => push().send(event),
      onCall: book.noteCall,
      onSend(message) {
        book.noteSent(message);
        for (const listener of listeners) listener(message);
      },
      ...folder(stateDir, 'wechat'),
    });
    const api = await wechatApi.listen(portAfter(port, 1), { controlKey: keys.pageKey });
    closers.push(() => api.close());
    // WeChat's time is everybody's: whoever moves it moves the functions and the database too.
    const { now } = wechatApi.clock;

    const cloudbase = await startCloudbase({
      port: portAfter(port, 2),
      environments: [environment],
      controlKey: keys.pageKey,
      now,
      signingNow: now,
      invokeFunction: async (_, name, data) => resultOf(await scf?.invoke(name, data)),
      ...folder(stateDir, 'cloudbase'),
    });
    closers.push(() => cloudbase.close());
    provision(cloudbase);
    // PostgreSQL refuses to run as root, so its own user must get through to its folder.
    if (store === 'postgres' && stateDir && process.getuid?.() === 0) chmodSync(stateDir, 0o711);
    const database =
      store === 'postgres'
        ? await startPostgresDatabase({
            folder: stateDir && path.resolve(stateDir, 'postgres'),
            ...options.postgres,
          })
        : cloudbaseDatabase(cloudbase, environment);
    closers.push(() => database.close());

    const page = await startPageServer(portAfter(port, 3), keys.pageKey);
    closers.push(() => page.close());

    if (home !== 'server') {
      const { envId } = environment;
      const started = await startCloudHome(
        { home, ...options.cloud },
        { account, envId, wechatApi },
      );
      closers.push(started.close);
      cloudHome = started.home;
    }
    const invokeApi = await startInvokeApi(() => scf, keys.secretId);
    closers.push(() => invokeApi.close());
    const running = await createScf({
      functions: localFunctions({
        root,
        built: reload.built,
        env: functionEnv(account, keys, {
          // With a real account a tunnel leads here, so whoever wants the console says so.
          ...(env ?? { WECHAT_API_BASE_URL: api.url, CONSOLE: 'on' }),
          ...database.env,
          ...(cloudHome ? { DOCUMENT_KEY: localDocumentKey(account) } : {}),
          ...options.settings,
        }),
        own,
        timers: options.timers,
        concurrency: options.concurrency,
        inspectPort: options.inspectPort,
      }).map((spec) => cloudHome?.specOf(spec) ?? spec),
      namespace: environment.envId,
      platformEnv: {
        TENCENTCLOUD_SECRETID: keys.secretId,
        TENCENTCLOUD_SECRETKEY: keys.secretKey,
        TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloudbase.url }),
        SCF_API_URL: invokeApi.url,
      },
      gateway: {
        port,
        // With a real account WeChat comes through a tunnel, under the tunnel's name.
        access: { isTunnelled: env !== undefined },
        hint: 'The page is at the address that npm start has printed',
      },
      clock: createFarClock(now),
      clockOffsetMs: () => now() - Date.now(),
      ...(options.maxInstances === undefined ? {} : { maxInstances: options.maxInstances }),
      onInvocation(record) {
        book.noteInvocation(record);
        options.onInvocation?.(record);
      },
      onLog(raw) {
        const line = { ...raw, line: reload.readable(raw.line) };
        book.noteLog(line);
        options.onLog?.(line);
      },
    });
    scf = running;
    closers.push(() => running.close());
    // Before the instances end, so that no change of a file starts others.
    closers.push(() => reload.close());

    const urls = {
      simulator: page.url,
      callback: callbackUrl(),
      wechatApi: api.url,
      cloudbase: cloudbase.url,
      metrics: `${running.url}/metrics`,
      proxy: `${running.url}/api-proxy`,
      console: `${page.url}console`,
      model: localModel.url,
    };
    const shown = await createSimulator({
      book,
      emulators: {
        account,
        home,
        urls,
        push: push(),
        pushFaults,
        wechatApi,
        scf: running,
        invoke: cloudHome?.invokerOf(running) ?? running.invoke,
        cloudbase,
        model: localModel.model,
        database: database.shown,
        envId: environment.envId,
        controlKey: keys.pageKey,
        collections: { jobs: jobCollection.name, token: tokenCollection.name },
      },
      build: reload.state,
      describeMessage,
      sessions: createLocalSessions({
        open: () => database.instance(),
        key: {
          appid: account.appid,
          key: new Secret(cloudHome ? localDocumentKey(account) : account.secret),
        },
        now: wechatApi.clock.now,
        write: (line) => console.error(line),
      }),
    });
    simulator = shown;
    page.serve(consoleFirst(running, shown.listener));
    closers.push(async () => shown.close());
    const forget = keepRunning({
      port: Number(new URL(running.url ?? '').port),
      page: page.url,
      root,
      ...(stateDir === undefined ? {} : { stateDir }),
    });
    closers.push(async () => forget());

    return {
      account,
      home,
      environment,
      keys,
      urls,
      push: push(),
      onSend: (listener) => listeners.push(listener),
      scf: running,
      wechatApi,
      cloudbase,
      model: localModel.model,
      database,
      variableProblems: own.problems,
      async renewVariables() {
        await own.refresh();
        await Promise.all(own.functions.map(swap));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a follower does reaches WeChat before it reaches the account: it opens windows, for one. */
function withFollowers(push: Push, { followers }: WechatApi): Push {
  return {
    ...push,
    send(message) {
      followers.note(message);
      return push.send(message);
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function portAfter(port: number, offset: number): number {
  return port === 0 ? 0 : port + offset;
}

function folder(stateDir: string | undefined, name: string): { readonly stateDir?: string } {
  if (stateDir === undefined) return {};
  const own = path.join(stateDir, name);
  privateFolder(own);
  return { stateDir: own };
}
