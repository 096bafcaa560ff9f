import { setTimeout as delay } from 'node:timers/promises';
import { tokenCollection } from '../../../shared/token/index.ts';
import type { StoredDocument } from '../../start/database/local-database.ts';
import { account, type Backend } from './backend.ts';
import type { SoakEvent, SoakResult } from './fixture.ts';
import type { Scenario } from './scenarios.ts';

/** Time for an event to reach every instance before it begins. */
const HEAD_START_MS = 500;

/** Brings up as many instances as asked for: one more for each call while all are busy. */
export async function warmUp(backend: Backend, instances: number): Promise<void> {
  for (let holdMs = 4_000; backend.scf.instances().length < instances; holdMs *= 2) {
    if (holdMs > 64_000) throw new Error('The instances do not come up.');
    const at = Date.now() + holdMs;
    const event = { scenario: '', tokenKind: 'stable', at, isWarmUp: true } as const;
    await Promise.all(Array.from({ length: instances }, () => backend.invoke(event)));
  }
}

/** One call by every instance at the same moment; `undefined` for an instance that was killed. */
export function callAll(
  backend: Backend,
  { name: scenario, tokenKind }: Scenario,
  instances: number,
): Promise<readonly (SoakResult | undefined)[]> {
  const event: SoakEvent = { scenario, tokenKind, at: Date.now() + HEAD_START_MS };
  return Promise.all(
    Array.from({ length: instances }, async () => {
      const outcome = await backend.invoke(event);
      return outcome.ok ? (outcome.result as SoakResult) : undefined;
    }),
  );
}

/** What the instances will find. */
export async function setTheStage(
  backend: Backend,
  scenario: Scenario,
  instances: number,
): Promise<void> {
  const { tokenKind, start, name } = scenario;
  const { database } = backend;
  await database.clear(tokenCollection.name);
  await tell(backend, 'tokens/expire', { kind: tokenKind });
  if (start === 'revoked') {
    await callAll(backend, scenario, instances);
    await tell(backend, 'tokens/revoke', { kind: tokenKind });
    return;
  }
  await callAll(backend, { ...scenario, name: `${name}, before` }, 1);
  const now = Date.now();
  const document = await documentOf(backend, scenario);
  const expired = { ...document, issuedAt: now - 7_200_000, expiresAt: now - 1_000 };
  await database.put(tokenCollection.name, expired);
  await tell(backend, 'tokens/expire', { kind: tokenKind });
}

export async function documentOf(
  { database }: Backend,
  { tokenKind }: Scenario,
): Promise<StoredDocument> {
  const id = `${tokenKind}_token.${account.appid}`;
  const documents = await database.documents(tokenCollection.name);
  const document = documents.find(({ _id }) => _id === id);
  if (!document) throw new Error('There is no token document.');
  return document;
}

/** Good answers of the token endpoints so far. */
export function fetchesOf({ wechat }: Backend): number {
  const { classic, stable } = wechat.inspect().statistics.tokenFetches;
  return classic + stable;
}

/** WeChat issues at once and answers later: as over a real network, and time for others to come by. */
export function slowDown(backend: Backend, slowMs: number): Promise<void> {
  const paths = ['/cgi-bin/token', '/cgi-bin/stable_token'];
  return Promise.all(
    paths.map((path) => tell(backend, 'faults', { path, slowMs, times: 1_000 })),
  ).then(() => undefined);
}

/** The control endpoint of the WeChat emulator. */
export async function tell(
  { wechat }: Backend,
  what: string,
  body: object | undefined,
): Promise<void> {
  const response = await wechat.fetch(`http://localhost/emulator/${what}`, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'DELETE' }),
  });
  if (!response.ok) throw new Error(`${what}: ${await response.text()}`);
}

/** Polls real processes; there is no event for what WeChat has done. */
export async function until(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries > 3_000) throw new Error(`It did not happen: ${what}.`);
    await delay(20);
  }
}
