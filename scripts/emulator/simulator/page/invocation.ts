import { signal } from '@preact/signals';
import type { CheckedPayload, ShownAction } from '../shown-actions.ts';
import { ask, attempt, type Invoked, invoke } from './api.ts';

/** What can be invoked; empty until somebody looks. */
export const actions = signal<readonly ShownAction[]>([]);
/** The action that is chosen, and the payload as it stands. */
export const chosen = signal<ShownAction | undefined>(undefined);
export const payload = signal<unknown>(undefined);
/** Another one each time that the payload was set as a whole, for fields to begin anew. */
export const edition = signal(0);
export const checked = signal<CheckedPayload>({ fields: [], problems: [] });
/** Fields in which there is no JSON. */
export const broken = signal<ReadonlySet<string>>(new Set());
export const outcome = signal<{ readonly answer: Invoked; readonly ms: number } | undefined>(
  undefined,
);
export const isRunning = signal(false);

export async function loadActions(): Promise<void> {
  if (actions.value.length > 0) return;
  actions.value = (await attempt(() => ask<readonly ShownAction[]>('GET', '/actions'))) ?? [];
  const [first] = actions.value;
  if (first) choose(first);
}

/** Chooses an action, with its example to begin with. */
export function choose(action: ShownAction): void {
  chosen.value = action;
  outcome.value = undefined;
  checked.value = { fields: [], problems: [] };
  startWith(exampleOf(action));
}

export function startWith(value: unknown): void {
  payload.value = value;
  broken.value = new Set();
  edition.value += 1;
}

/** A secret is never that of an example: it is made here, where it is seen once. */
export function exampleOf({ example, secret }: ShownAction): unknown {
  if (secret === undefined) return example;
  return { ...Object(example), [secret]: newSecret() };
}

export function note(field: string, isBroken: boolean): void {
  const next = new Set(broken.value);
  if (isBroken) next.add(field);
  else next.delete(field);
  broken.value = next;
}

/** Looks at the payload as the function will. */
export async function check(): Promise<void> {
  const action = chosen.value;
  if (!action) return;
  const order = { function: action.function, action: action.action, payload: payload.value };
  const answer = await attempt(() => ask<CheckedPayload>('POST', '/actions/check', order));
  if (answer && chosen.value === action) checked.value = answer;
}

export async function run(): Promise<void> {
  const action = chosen.value;
  if (!action) return;
  isRunning.value = true;
  const startedAt = performance.now();
  const answer = await attempt(() => invoke(action.function, action.action, payload.value));
  isRunning.value = false;
  outcome.value = answer && { answer, ms: Math.round(performance.now() - startedAt) };
}

/** 32 bytes in base64url, as `npm run invoke` makes them. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
