import type { LocalStore } from '../../start/database/local-database.ts';
import { causeAccident, SLOW_ANSWER_MS } from './accident.ts';
import { type Backend, startBackend } from './backend.ts';
import type { SoakResult } from './fixture.ts';
import { leaksIn } from './leaks.ts';
import { scenarios as allScenarios, type Scenario } from './scenarios.ts';
import { callAll, fetchesOf, setTheStage, slowDown, tell, warmUp } from './stage.ts';

export interface SoakOptions {
  readonly instances: number;
  /** The seed of the random numbers behind the faults of the store. */
  readonly seed: number;
  /** The part of the store's requests that fails in scenarios with faults, 0 to 1. */
  readonly faults: number;
  /** The database of the functions. */
  readonly store: LocalStore;
  readonly scenarios?: readonly Scenario[];
  readonly onScenario?: (report: ScenarioReport) => void;
}

export interface Tally {
  /** Calls of instances that lived to answer. */
  readonly calls: number;
  readonly failed: number;
  /** Calls to WeChat that gave a token. */
  readonly fetches: number;
  /** The tokens needed: one for each scenario, and one more where a holder was lost with its token. */
  readonly validityPeriods: number;
  /** Tokens handed out that WeChat refused, other than the one that was revoked under its holders. */
  readonly staleTokensServed: number;
  readonly killed: number;
  /** Writes of a holder that was thawed after its lease. */
  readonly lateWrites: number;
  /** Transactions that conflicted with another one. */
  readonly conflicts: number;
  /** Calls that waited for another instance to renew the token. */
  readonly waits: number;
  /** Requests to the store that the soak made fail. */
  readonly storeFaults: number;
}

export interface ScenarioReport extends Tally {
  readonly name: string;
  readonly ms: number;
  /** The messages of the failed calls, each once. */
  readonly errors: readonly string[];
}

export interface SoakReport extends Tally {
  readonly instances: number;
  readonly seed: number;
  /** Secrets and tokens found in clear in logs, results and the store. */
  readonly leaks: number;
  readonly ok: boolean;
  readonly scenarios: readonly ScenarioReport[];
}

/** WeChat takes about this long for a token. */
const ANSWER_MS = 150;

/** Lets real processes race for one token, in one scenario after the other. */
export async function soakTokens(options: SoakOptions): Promise<SoakReport> {
  const { instances, seed, scenarios = allScenarios } = options;
  const backend = await startBackend(instances, options.store);
  try {
    const reports: ScenarioReport[] = [];
    const results: unknown[] = [];
    for (const scenario of scenarios) {
      await warmUp(backend, instances);
      const { report, answers } = await run(backend, scenario, options);
      reports.push(report);
      results.push(answers);
      options.onScenario?.(report);
    }
    const total = sum(reports);
    const leaks = await leaksIn(backend, results);
    const ok =
      total.failed + total.staleTokensServed + total.lateWrites + leaks === 0 &&
      reports.every(({ fetches, validityPeriods }) => fetches === validityPeriods);
    return { ...total, instances, seed, leaks, ok, scenarios: reports };
  } finally {
    await backend.close();
  }
}

async function run(backend: Backend, scenario: Scenario, options: SoakOptions) {
  const { instances, seed, faults } = options;
  const { database } = backend;
  await setTheStage(backend, scenario, instances);
  const revoked = scenario.start === 'revoked' ? newestGeneration(backend) : undefined;
  const fetchesBefore = fetchesOf(backend);
  const [conflicts, hits] = [database.conflicts(), database.faults.hits()];
  const linesBefore = backend.lines.length;
  const startedAt = Date.now();
  if (scenario.hasFaults) database.faults.add({ rate: faults, seed });
  await slowDown(backend, scenario.accident ? SLOW_ANSWER_MS : ANSWER_MS);
  const finishAccident = scenario.accident && causeAccident(backend, scenario);

  const calling = callAll(backend, scenario, instances);
  const { lateWrites = 0 } = (await finishAccident?.()) ?? {};
  const answers = await calling;

  const storeFaults = database.faults.hits() - hits;
  database.faults.clear();
  await tell(backend, 'faults', undefined);
  const lived = answers.filter((answer) => answer !== undefined);
  const waits = backend.lines
    .slice(linesBefore)
    .filter(({ line }) => line.includes('"event":"waiting for another instance"')).length;
  const report: ScenarioReport = {
    name: scenario.name,
    calls: lived.length,
    failed: lived.filter(({ ok }) => !ok).length,
    fetches: fetchesOf(backend) - fetchesBefore,
    validityPeriods: scenario.accident ? 2 : 1,
    staleTokensServed: lived.reduce((count, answer) => count + staleIn(answer, revoked), 0),
    killed: answers.length - lived.length,
    lateWrites,
    conflicts: database.conflicts() - conflicts,
    waits,
    storeFaults,
    ms: Date.now() - startedAt,
    errors: [...new Set(lived.flatMap(({ error }) => error ?? []))],
  };
  return { report, answers };
}

/**
 * WeChat refuses the revoked token once to each instance that holds it; no instance can know
 * before.
 */
function staleIn({ served }: SoakResult, revoked: number | undefined): number {
  return served.filter(
    ({ isAccepted, generation }, index) => !isAccepted && !(index === 0 && generation === revoked),
  ).length;
}

function newestGeneration({ wechat }: Backend): number {
  return wechat.inspect().tokens.generation;
}

function sum(reports: readonly ScenarioReport[]): Tally {
  const add = (name: keyof Tally) => reports.reduce((total, report) => total + report[name], 0);
  return {
    calls: add('calls'),
    failed: add('failed'),
    fetches: add('fetches'),
    validityPeriods: add('validityPeriods'),
    staleTokensServed: add('staleTokensServed'),
    killed: add('killed'),
    lateWrites: add('lateWrites'),
    conflicts: add('conflicts'),
    waits: add('waits'),
    storeFaults: add('storeFaults'),
  };
}
