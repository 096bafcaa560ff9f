import { accountKeyOf } from '../../../shared/kernel/account-key.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Secret } from '../../../shared/kernel/secret.ts';
import { unlessAborted } from '../../../shared/kernel/time-limit.ts';
import type { Store } from '../../../shared/store/store.ts';
import { createTokens } from '../../../shared/token/index.ts';
import { createSealer } from '../../../shared/token/sealing.ts';
import { LEASE_MS, RECHECK_TIMEOUT_MS } from '../../../shared/token/timing.ts';
import { type TokenDocument, tokenCollection } from '../../../shared/token/token-document.ts';
import type { Transport } from '../../../shared/wechat/client/transport.ts';
import {
  type Actor,
  type Choose,
  createStage,
  type Disturbances,
  type Ending,
  type Stage,
} from '../stage.ts';
import { inMemory, type OpenPlayedStore } from '../store/played-store.ts';
import {
  accountConfig,
  createWeChatModel,
  noChance,
  reachedBy,
  silentLog,
} from './token-fixture.ts';

/** Longer than WeChat lets an old token live, so that a thawed instance must not trust its token. */
const FROZEN_MS = 400_000;

/** The reasons of an error after which a caller should try again. */
const GAVE_UP: readonly unknown[] = ['store', 'lease', 'timeout'];

export interface Scenario {
  readonly tokenKind: 'stable' | 'classic';
  /** What the instances find: no document, an expired token, or one that WeChat refuses from now on. */
  readonly start: 'empty' | 'expired' | 'revoked' | 'revoked silently';
  /** How far the clock of each instance differs from the true time. */
  readonly skewsMs: readonly number[];
  readonly disturbances: Disturbances;
}

export interface Exploration extends Ending {
  readonly fetches: number;
  /** Generations written. */
  readonly renewals: number;
  /** Callers that were refused a forced refresh for now. */
  readonly spent: number;
  /** Callers that waited longer than allowed, for other instances or for the store. */
  readonly gaveUp: number;
  /** Broken promises of the protocol; empty if it is sound. */
  readonly violations: readonly string[];
}

/** Plays instances that all want a token at once, in the order that `choose` gives. */
export async function explore(
  scenario: Scenario,
  choose: Choose,
  open: OpenPlayedStore = inMemory,
): Promise<Exploration> {
  const { tokenKind, start, skewsMs, disturbances } = scenario;
  const stage: Stage = createStage({
    skewsMs,
    disturbances,
    freezeMs: FROZEN_MS,
    settled: () => settled(),
  });
  const wechat = createWeChatModel(stage.now);
  const { store, mayStopInside, settled } = await open(stage.now);
  const shared = {
    config: { ...accountConfig, tokenKind, jsapiTicket: 'on' },
    random: noChance,
    log: silentLog,
  } as const;
  const id = `${tokenKind}_token.${accountConfig.appid}`;
  const document = async () => (await store.get(tokenCollection, id))?.doc;
  const violations: string[] = [];
  const asking = new Map<Actor, number>();
  const leaseTakenAt = new Map<Actor, number>();
  const generations = new Map<string, number>();
  const seen = new Map<Actor, number>();
  const sealer = createSealer(accountKeyOf(accountConfig));
  const living = new Set<Actor>(stage.actors);

  await setTheScene();
  let known = await document();
  if (known) remember(known);
  let holder: Actor | undefined;
  let renewals = 0;
  let spent = 0;
  let gaveUp = 0;
  const fetchesBefore = wechat.fetches.length;
  for (const actor of stage.actors) {
    actor.onCrash(() => {
      living.delete(actor);
      asking.delete(actor);
    });
    void live(actor);
  }
  const ending = await stage.play(choose, () => living.size === 0);
  if (ending.how !== 'over') violations.push(`the play is ${ending.how}`);
  const kept = known;
  stage.set(stage.now() + 6 * 60_000);
  if (renewals > 0 && kept && !wechat.accepts(tokenOf(kept) ?? '')) {
    violations.push('WeChat refuses what is stored after the overlap');
  }
  return {
    ...ending,
    fetches: wechat.fetches.length - fetchesBefore,
    renewals,
    spent,
    gaveUp,
    violations,
  };

  async function setTheScene(): Promise<void> {
    if (start === 'empty') return;
    const clock = { now: stage.now, after: () => () => {} };
    const scene = { ...shared, store, wechat: reachedBy(wechat.transport), clock };
    await createTokens(scene).accessToken.get();
    if (start === 'expired') stage.set(stage.now() + 121 * 60_000);
    if (start === 'revoked') wechat.revoke();
    if (start === 'revoked silently') wechat.revoke('silently');
  }

  /** One instance: it gets the token, uses it, and has it renewed once if WeChat refuses it. */
  async function live(actor: Actor): Promise<void> {
    const { accessToken } = createTokens({
      ...shared,
      store: storeFor(actor),
      wechat: reachedBy(transportFor(actor)),
      clock: actor.clock,
    });
    try {
      let token = await accessToken.get();
      check(actor, token);
      if (!wechat.accepts(token.reveal())) {
        token = await accessToken.reject(token);
        check(actor, token);
        if (!wechat.accepts(token.reveal())) violations.push('a newer token is refused, too');
      }
      const again = await accessToken.get();
      if (!again.equals(token.reveal())) violations.push('memory lost the token');
    } catch (error) {
      const reason = error instanceof AppError ? error.details.reason : undefined;
      // A crashed instance has counted a refresh that it may not have made: for 30 s none may be
      // forced.
      if (reason === 'forced' && start === 'revoked silently') spent += 1;
      else if (GAVE_UP.includes(reason)) gaveUp += 1;
      else violations.push(`a caller failed: ${error instanceof Error ? error.message : 'oddly'}`);
    }
    living.delete(actor);
  }

  function check(actor: Actor, token: Secret): void {
    const mayBeRefused = start.startsWith('revoked');
    if (!mayBeRefused && !wechat.accepts(token.reveal())) {
      violations.push('a token that WeChat refuses was handed out');
    }
    const generation = generations.get(token.reveal()) ?? Number.POSITIVE_INFINITY;
    if (generation < (seen.get(actor) ?? 0)) violations.push('an older token came after a newer');
    seen.set(actor, Math.max(generation, seen.get(actor) ?? 0));
  }

  function storeFor(actor: Actor): Pick<Store, 'get' | 'transaction'> {
    return {
      async get(collection, docId) {
        if (await actor.gate('read', ['fail'])) throw unavailable('refused');
        const askedAt = stage.now();
        const stored = await store.get(collection, docId);
        const generation = known?.generation ?? 0;
        await actor.gate('hear of the document');
        // After this long it may have given up the look, and then it hears nothing.
        if (stage.now() - askedAt < RECHECK_TIMEOUT_MS) saw(actor, generation);
        return stored;
      },
      async transaction(work) {
        if (await actor.gate('begin', ['fail'])) throw unavailable('refused');
        let isLost = false;
        const beforeCommit = async () => {
          const fault = await actor.gate('commit', ['fail', 'lose']);
          if (fault === 'fail') throw unavailable('unknown');
          isLost = fault === 'lose';
        };
        if (!mayStopInside) await beforeCommit();
        const result = await store.transaction(async (tx) => {
          const done = await work(tx);
          if (mayStopInside) await beforeCommit();
          return done;
        });
        await observe(actor);
        const generation = known?.generation ?? 0;
        await actor.gate('hear of the commit');
        saw(actor, generation);
        if (isLost) throw unavailable('unknown');
        return result;
      },
    };
  }

  /** Ends when its signal is aborted, as every transport does. */
  function transportFor(actor: Actor): Transport {
    return (request) => unlessAborted(ask(actor, request), request.signal);
  }

  async function ask(actor: Actor, request: Parameters<Transport>[0]) {
    await actor.gate('ask');
    // The actor was thawed too late: the connection is closed before anything was sent.
    request.signal.throwIfAborted();
    for (const [other] of asking) {
      if (other === actor) continue;
      const heldMs = stage.now() - (leaseTakenAt.get(other) ?? 0);
      if (heldMs < LEASE_MS) violations.push(`two ask at once, ${heldMs} ms into a lease`);
    }
    asking.set(actor, stage.now());
    request.signal.addEventListener('abort', () => asking.delete(actor));
    const answer = await wechat.transport(request);
    await actor.gate('hear the answer');
    asking.delete(actor);
    return answer;
  }

  /** Compares the document with its state before the last commit. */
  async function observe(actor: Actor): Promise<void> {
    const doc = await document();
    const problem = doc && broken(known, doc);
    if (problem) violations.push(problem);
    if (doc && doc.generation !== (known?.generation ?? 0)) {
      renewals += 1;
      remember(doc);
    }
    if (doc?.lease && doc.lease.until !== known?.lease?.until) {
      leaseTakenAt.set(actor, stage.now());
      holder = actor;
    }
    const isChanged = JSON.stringify(doc) !== JSON.stringify(known);
    if (isChanged && actor !== holder) violations.push('a write of a late holder landed');
    known = doc;
  }

  function remember(doc: TokenDocument): void {
    const token = tokenOf(doc);
    if (token !== undefined) generations.set(token, doc.generation);
  }

  function tokenOf({ generation, sealedToken }: TokenDocument): string | undefined {
    if (sealedToken === undefined) return undefined;
    return sealer.open({ purpose: `${tokenKind}_token`, generation }, sealedToken).reveal();
  }

  /** What it has heard, it has seen. */
  function saw(actor: Actor, generation: number): void {
    seen.set(actor, Math.max(generation, seen.get(actor) ?? 0));
  }
}

function broken(before: TokenDocument | undefined, after: TokenDocument): string | undefined {
  const generation = before?.generation ?? 0;
  const isSame = after.generation === generation;
  if (!isSame && after.generation !== generation + 1) return 'a generation was left out';
  if (isSame && after.sealedToken !== before?.sealedToken) return 'a generation was written twice';
  if (!isSame && after.lease) return 'a new generation came with a lease';
  return undefined;
}

function unavailable(outcome: 'unknown' | 'refused'): AppError {
  return new AppError('upstream', 'The store is out of reach.', { details: { outcome } });
}
