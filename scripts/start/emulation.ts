import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inboxCollection } from '../../shared/callback/inbox-document.ts';
import { jobCollection } from '../../shared/jobs/index.ts';
import { Secret } from '../../shared/kernel/secret.ts';
import { tokenCollection } from '../../shared/token/index.ts';
import { type CloudbaseEmulator, startCloudbase } from '../emulator/cloudbase/index.ts';
import type { EmulatedModel } from '../emulator/model/model.ts';
import { startInvokeApi } from '../emulator/scf/invoke-api.ts';
import type { ScfEmulator } from '../emulator/scf/scf.ts';
import { startPageServer } from '../emulator/simulator/page-server.ts';
import { createSimulator } from '../emulator/simulator/simulator.ts';
import type { WechatApi } from '../emulator/wechat/api.ts';
import type { PushHome } from '../emulator/wechat/push/home.ts';
import type { Push } from '../emulator/wechat/push/push.ts';
import type { SentMessage } from '../emulator/wechat/state/sent.ts';
import { keepRunning } from '../project/running.ts';
import { consoleFirst } from './console-link.ts';
import type { LocalDatabase } from './database/local-database.ts';
import { describeMessage } from './describe-message.ts';
import { openBundles } from './emulation/bundles.ts';
import { openDatabase } from './emulation/database.ts';
import { startFunctions } from './emulation/functions.ts';
import type { EmulationOptions } from './emulation/options.ts';
import { callbackUrlOf, type Parts } from './emulation/parts.ts';
import { stateFolder } from './emulation/state-folder.ts';
import { createLocalWechat } from './emulation/wechat.ts';
import {
  accountOf,
  LOCAL_ENV_ID,
  type LocalAccount,
  type LocalEnvironment,
} from './local-account.ts';
import { createLocalActions } from './local-actions.ts';
import { provision, resultOf } from './local-database.ts';
import { localDocumentKey, startCloudHome } from './local-home.ts';
import { keysOf, type LocalKeys } from './local-keys.ts';
import { startLocalModel } from './local-model.ts';
import { createLocalSessions } from './local-sessions.ts';

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

/** Builds the functions and starts them, WeChat and CloudBase. @throws Error if a port is taken. */
export async function startEmulation(options: EmulationOptions): Promise<Emulation> {
  const { root, port, mode, env, stateDir, home = 'server' } = options;
  const keys = options.keys ?? keysOf(stateDir);
  const account = accountOf(mode, keys, env);
  const environment: LocalEnvironment = {
    envId: LOCAL_ENV_ID,
    secretId: keys.secretId,
    secretKey: keys.secretKey,
  };
  const outDir = options.outDir ?? mkdtempSync(path.join(tmpdir(), 'fuwuhao-dist-'));
  const closers: (() => Promise<void>)[] = [];
  if (!options.outDir) closers.push(async () => rmSync(outDir, { recursive: true, force: true }));
  async function close(): Promise<void> {
    for (const closer of closers.splice(0).reverse()) await closer();
  }

  try {
    const parts: Parts = {};
    const model = await startLocalModel();
    closers.push(() => model.close());
    const bundles = await openBundles(options, { outDir, model, parts });
    closers.push(() => bundles.reload.close());

    const wechat = createLocalWechat(options, account, parts);
    const wechatServer = await wechat.api.listen(portAfter(port, 1), { controlKey: keys.pageKey });
    closers.push(() => wechatServer.close());
    // WeChat's time is everybody's: whoever moves it moves the functions and the database too.
    const { now } = wechat.api.clock;

    const cloudbase = await startCloudbase({
      port: portAfter(port, 2),
      environments: [environment],
      controlKey: keys.pageKey,
      now,
      signingNow: now,
      invokeFunction: async (_, name, data) => resultOf(await parts.scf?.invoke(name, data)),
      onRequest: wechat.book.noteStored,
      ...stateFolder(stateDir, 'cloudbase'),
    });
    closers.push(() => cloudbase.close());
    provision(cloudbase);
    parts.cloudbase = cloudbase;
    const database = await openDatabase(options, cloudbase, environment);
    parts.database = database;
    closers.push(() => database.close());

    const page = await startPageServer(portAfter(port, 3), keys.pageKey);
    closers.push(() => page.close());

    if (home !== 'server') {
      const { envId } = environment;
      const cloud = await startCloudHome(
        { home, ...options.cloud },
        { account, envId, wechatApi: wechat.api },
      );
      closers.push(cloud.close);
      parts.cloudHome = cloud.home;
    }
    const { cloudHome } = parts;
    const invokeApi = await startInvokeApi(() => parts.scf, keys.secretId);
    closers.push(() => invokeApi.close());
    const scf = await startFunctions(options, {
      account,
      environment,
      keys,
      bundles,
      database,
      cloudHome,
      book: wechat.book,
      now,
      urls: { wechatApi: wechatServer.url, cloudbase: cloudbase.url, invokeApi: invokeApi.url },
    });
    parts.scf = scf;
    closers.push(() => scf.close());
    // Before the instances end, so that no change of a file starts others.
    closers.push(() => bundles.reload.close());

    const urls = {
      simulator: page.url,
      callback: callbackUrlOf(parts),
      wechatApi: wechatServer.url,
      cloudbase: cloudbase.url,
      metrics: `${scf.url}/metrics`,
      proxy: `${scf.url}/api-proxy`,
      console: `${page.url}console`,
      model: model.url,
    };
    const simulator = await createSimulator({
      book: wechat.book,
      emulators: {
        account,
        home,
        urls,
        push: wechat.push(),
        pushFaults: wechat.pushFaults,
        wechatApi: wechat.api,
        scf,
        invoke: cloudHome?.invokerOf(scf) ?? scf.invoke,
        cloudbase,
        model: model.model,
        database: database.shown,
        envId: environment.envId,
        controlKey: keys.pageKey,
        collections: {
          jobs: jobCollection.name,
          token: tokenCollection.name,
          inbox: inboxCollection.name,
        },
      },
      build: bundles.reload.state,
      describeMessage,
      actions: createLocalActions(),
      sessions: createLocalSessions({
        open: () => database.instance(),
        key: {
          appid: account.appid,
          key: new Secret(cloudHome ? localDocumentKey(account) : account.secret),
        },
        now,
        write: (line) => console.error(line),
      }),
    });
    parts.simulator = simulator;
    page.serve(consoleFirst(scf, simulator.listener));
    closers.push(async () => simulator.close());
    const forget = keepRunning({
      port: Number(new URL(scf.url ?? '').port),
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
      push: wechat.push(),
      onSend: wechat.onSend,
      scf,
      wechatApi: wechat.api,
      cloudbase,
      model: model.model,
      database,
      variableProblems: bundles.own.problems,
      renewVariables: bundles.renewVariables,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function portAfter(port: number, offset: number): number {
  return port === 0 ? 0 : port + offset;
}
