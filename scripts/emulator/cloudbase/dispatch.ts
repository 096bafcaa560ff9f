import { setTimeout as sleep } from 'node:timers/promises';
import type { Action } from './actions/action.ts';
import type { Clock } from './clock.ts';
import type { Fault, Faults } from './control/faults.ts';
import type { Stats } from './control/stats.ts';
import type { Environment } from './environment.ts';
import { permissionDenied, ServiceError, transactionConflict } from './errors.ts';
import { type EnvironmentKeys, identify, type Role } from './protocol/credentials.ts';
import {
  type Answer,
  failure,
  htmlError,
  parseBody,
  type RequestBody,
  success,
} from './protocol/envelope.ts';
import type { Settings } from './settings.ts';

export interface DataRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly url: string;
  readonly bytes: Buffer;
  readonly isReusedSocket: boolean;
  readonly clientPort: number | undefined;
  readonly baseUrl: string;
}

/** A request that was answered, for whoever watches. */
export interface ServedRequest {
  readonly action: string;
  readonly collection: string | undefined;
  readonly ms: number;
  /** The code of a failure, the status of a page instead of an answer, or `reset`. */
  readonly failure: string | undefined;
  readonly clientPort: number | undefined;
}

export interface DispatchWorld {
  readonly environments: ReadonlyMap<string, Environment>;
  readonly keys: readonly EnvironmentKeys[];
  readonly actions: Readonly<Record<string, Action>>;
  readonly settings: Settings;
  readonly clock: Clock;
  /** The clock that signatures are checked with: the one that the callers' processes see too. */
  readonly worldNow: () => number;
  readonly faults: Faults;
  readonly stats: Stats;
  /** Told of failures that are the emulator's own. */
  readonly onBug: (error: unknown) => void;
  readonly onRequest: ((request: ServedRequest) => void) | undefined;
}

/** What clients may ask for, if the rule of the collection lets them read. */
const CLIENT_READS: ReadonlySet<string> = new Set([
  'database.getDocument',
  'database.calculateDocument',
  'database.queryDocument',
  'database.countDocument',
]);

/** From the bytes of a request to its answer: caller, fault, rule, operation. */
export async function dispatch(world: DispatchWorld, request: DataRequest): Promise<Answer> {
  const startedAt = performance.now();
  let asked: Pick<ServedRequest, 'action' | 'collection'> | undefined;
  const answer = await settled(world, async () => {
    const body = parseBody(request.bytes);
    const signed = { headers: request.headers, url: request.url, body };
    const { envId, role } = identify(world.keys, signed, world.worldNow());
    const environment = world.environments.get(envId);
    if (!environment) throw new Error(`No environment ${envId}`);
    const action = String(body.action);
    const collection = typeof body.collectionName === 'string' ? body.collectionName : undefined;
    asked = { action, collection };
    world.stats.request(action, collection);
    environment.tick();

    const fault = world.faults.strike({
      envId,
      action,
      collection,
      inTransaction: typeof body.transactionId === 'string',
      isReusedSocket: request.isReusedSocket,
    });
    const instead = fault && (await strikeBefore(world, environment, body, fault));
    if (instead) return instead;
    const { baseUrl } = request;
    const answer = await settled(world, () => operate(world, environment, role, body, baseUrl));
    return fault ? strikeAfter(fault, answer) : answer;
  });
  if (asked) {
    const ms = performance.now() - startedAt;
    const { clientPort } = request;
    world.onRequest?.({ ...asked, ms, failure: failureIn(answer), clientPort });
  }
  return answer;
}

function failureIn(answer: Answer): string | undefined {
  if (answer.kind === 'html') return String(answer.status);
  if (answer.kind === 'reset') return 'reset';
  return typeof answer.body.code === 'string' ? answer.body.code : undefined;
}

/** A failure is an answer like any other. */
async function settled(
  { stats, onBug }: DispatchWorld,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServiceError)) onBug(error);
    const known =
      error instanceof ServiceError ? error : new ServiceError('SYS_ERR', String(error));
    stats.error(known.code);
    return failure(known);
  }
}

async function operate(
  { actions, settings, clock }: DispatchWorld,
  environment: Environment,
  role: Role,
  body: RequestBody,
  baseUrl: string,
): Promise<Answer> {
  const name = String(body.action);
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) throw new ServiceError('INVALID_ACTION', `Unknown action: ${name}.`);
  checkRule(environment, role, name, body);
  return success(await action({ body, environment, settings, now: clock.now(), baseUrl }));
}

/** The answer of a fault that takes the place of the operation. */
async function strikeBefore(
  { stats }: DispatchWorld,
  { transactions }: Environment,
  body: RequestBody,
  fault: Fault,
): Promise<Answer | undefined> {
  stats.fault();
  switch (fault.kind) {
    case 'conflict':
      transactions.end(transactions.get(String(body.transactionId)));
      throw transactionConflict();
    case 'error':
      throw new ServiceError(fault.code, fault.message ?? `Injected ${fault.code}.`);
    case 'http':
      return htmlError(fault.status, fault.body);
    case 'reset':
      return fault.when === 'before' ? { kind: 'reset' } : undefined;
    case 'delay':
      if (fault.when === 'before') await sleep(fault.ms, undefined, { ref: false });
      return undefined;
  }
}

/** What becomes of an answer, be it good or bad, once it has been made. */
async function strikeAfter(fault: Fault, answer: Answer): Promise<Answer> {
  if (fault.kind === 'delay' && fault.when === 'after') {
    await sleep(fault.ms, undefined, { ref: false });
  }
  return fault.kind === 'reset' ? { kind: 'reset' } : answer;
}

function checkRule({ database }: Environment, role: Role, action: string, body: RequestBody) {
  if (role === 'admin') return;
  if (!CLIENT_READS.has(action)) throw permissionDenied();
  const { rule } = database.collection(String(body.collectionName));
  // Under PRIVATE a client sees documents with its own _openid; ours have none.
  if (rule !== 'ADMINWRITE' && rule !== 'READONLY') throw permissionDenied();
}
