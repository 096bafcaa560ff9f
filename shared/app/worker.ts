import { database } from '#database';
import type { Account } from '../account/router.ts';
import { allowListSettings, createAllowListUpkeep } from '../callback/allow-list-job.ts';
import { createTurns } from '../callback/follower-turn.ts';
import { KeptAnswers } from '../callback/kept-answers.ts';
import { createMessageJob } from '../callback/message-job.ts';
import { createMessageQueue } from '../callback/message-queue.ts';
import { SendRight } from '../callback/send-right.ts';
import { createSweep } from '../callback/sweep.ts';
import { KEPT_FOR_ASKING_MS } from '../callback/timing.ts';
import { createBook, createPresence } from '../followers/index.ts';
import {
  createJobOperator,
  createQueue,
  createWorker,
  type Job,
  type JobOperator,
  type ShiftReport,
} from '../jobs/index.ts';
import { accountKeyOf } from '../kernel/account-key.ts';
import type { App } from '../kernel/app.ts';
import { createMassSendJob } from '../mass-send/index.ts';
import { alertSettings, createAlerts } from '../monitoring/alerts-tick.ts';
import { type Examination, examine } from '../monitoring/examination.ts';
import type { CountedJob } from '../monitoring/metric-labels.ts';
import { createUpkeep, createUpkeepJobs } from '../monitoring/quota-jobs.ts';
import { createBinder } from '../store/binder.ts';
import { type Adopted, adoptDocuments } from './adopt.ts';
import { createAudit } from './audit.ts';
import { type AuditReader, createAuditReader } from './audit-reader.ts';
import { type DeployRequest, deployAct } from './audit-requests.ts';
import { appCollections } from './collections.ts';
import { type Discarded, type DiscardRequest, discardDocuments } from './discard.ts';
import { createErase, createEraseJob } from './erase.ts';
import { createExpiry } from './expiry.ts';
import { followerJobs } from './followers.ts';
import { limitsFrom, massSendSettings } from './mass-send.ts';
import { apiSettings } from './parts/api-settings.ts';
import { judgeFailure } from './parts/judge-failure.ts';
import { watchedDocuments } from './parts/watched-documents.ts';
import { weChatApi } from './parts/wechat.ts';
import { start, systemWorld, type World } from './parts/world.ts';
import { wakeSettings, wakeWorkerOf } from './wake/wake-worker.ts';

/** For callers that do not say how much time the worker has. */
const SHORT_SHIFT_MS = 20_000;

export interface WorkerApp extends App {
  readonly operator: JobOperator;
  /** Reads the audit trail, and checks that nothing is missing in it. */
  readonly auditReader: AuditReader;
  /** Writes into the trail what the deploy tools did. @throws what the store fails with */
  readonly auditDeploy: (request: DeployRequest) => Promise<void>;
  /** Takes documents over that carry no proof of who wrote them. */
  readonly adopt: (request: { readonly afterReset: boolean }) => Promise<Adopted>;
  /** Removes forged documents that an operator names. */
  readonly discard: (request: DiscardRequest) => Promise<Discarded>;
  /** Looks at the account from where the functions run, for `npm run doctor`. */
  readonly examine: () => Promise<Examination>;
  /**
   * Takes over messages whose instance died, and runs due jobs until there are none, or until
   * `untilMs` (default: 20 s from now) is near.
   */
  readonly work: (untilMs?: number) => Promise<ShiftReport>;
}

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function workerApp(account: Account, world: World = systemWorld): WorkerApp {
  const { clock, log, config, values, store, traceOf, audit, finish } = start(
    'worker',
    world,
    [
      ...apiSettings,
      ...wakeSettings,
      ...allowListSettings,
      ...alertSettings,
      ...massSendSettings,
      'jsapiTicket',
      'invokeSources',
    ],
    account.variables,
  );
  const binder = createBinder(accountKeyOf(config));
  const auditDeploy = createAudit({ store, binder, now: () => clock.now(), log });
  const queue = createQueue({ store, clock, log, wakeWorker: wakeWorkerOf(world, config) });
  const api = weChatApi(world, config, log);
  const allowList = createAllowListUpkeep({ config, store, queue, api, now: () => clock.now() });
  const upkeep = createUpkeep({ queue, now: () => clock.now() });
  const alerts = createAlerts({ config, store, queue, clock, log, upkeep });
  const { random } = world;
  const book = createBook({ store, random });
  const presence = createPresence({ book, store, clock, traceOf });
  const messages = createMessageQueue(queue, traceOf);
  const jobs: readonly Job<CountedJob>[] = [
    createMessageJob({
      handle: account.middleware(values),
      onDead: account.deadHandler(values),
      api,
      clock,
      kept: new KeptAnswers({ store, clock, traceOf, keptMs: KEPT_FOR_ASKING_MS }),
      right: new SendRight({ store, clock, log, appid: config.appid }),
      openTurn: createTurns({ store, clock, queue: messages, traceOf }),
      documents: store,
    }),
    allowList.job,
    alerts.job,
    ...createUpkeepJobs({ api }),
    ...followerJobs({ api, store, queue, clock, random, traceOf }),
    createEraseJob(createErase({ store, clock, presence, traceOf })),
    createMassSendJob({ api, store, book, clock, limits: limitsFrom(config) }),
  ];
  const worker = createWorker({ store, jobs, clock, random, log, judge: judgeFailure });
  const removeExpired = createExpiry({ store, clock, log });
  const sweep = createSweep({ store, clock, log, queue: messages });

  return {
    clock,
    log,
    audit,
    finish,
    invokeSources: config.invokeSources,
    operator: createJobOperator({ store, clock, queue }),
    auditReader: createAuditReader({
      store,
      binder,
      watched: watchedDocuments(store, binder),
    }),
    auditDeploy: (request) => auditDeploy(deployAct(request)),
    adopt: (request) => adoptDocuments(unproved(), request),
    discard: (request) => discardDocuments(unproved(), request),
    examine: () => examine({ api, store, config, log }),
    async work(untilMs = clock.now() + SHORT_SHIFT_MS) {
      for (const done of await Promise.allSettled([
        sweep(),
        allowList.tick(),
        alerts.tick(),
        removeExpired(),
      ])) {
        // The jobs do not depend on the upkeep, and the next shift does it again.
        if (done.status === 'rejected') log.error('upkeep failed', { error: done.reason });
      }
      return worker.work({ untilMs });
    },
  };

  /** All documents, past the check of proofs. */
  function unproved() {
    const all = database.store(world, config, log);
    return { store: all, binder, collections: appCollections, log };
  }
}
