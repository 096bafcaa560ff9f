import { createRandom } from './random.ts';

/** What goes wrong. */
export type FaultEffect =
  /** The transaction of the request is aborted and DATABASE_TRANSACTION_CONFLICT answered. */
  | { readonly kind: 'conflict' }
  /** Nothing is done and this error is answered, with HTTP 200. */
  | { readonly kind: 'error'; readonly code: string; readonly message?: string }
  /** Nothing is done and a gateway's page is answered. */
  | { readonly kind: 'http'; readonly status: number; readonly body?: string }
  /** The connection is reset: before the request had any effect, or with its answer lost. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** The request is held back, or has its effect at once and its answer held back. */
  | { readonly kind: 'delay'; readonly ms: number; readonly when: 'before' | 'after' };

/** Which requests it befalls. What is left out matches everything. */
export interface FaultMatch {
  readonly envId?: string;
  readonly action?: string;
  readonly collection?: string;
  /** Only the second and later requests of a connection: what a socket that died idle looks like. */
  readonly reusedSocket?: boolean;
}

export type Fault = FaultEffect &
  FaultMatch & {
    /** How many times it happens; without it, every time. */
    readonly times?: number;
    /** With which probability a matching request is hit, 0 to 1; 1 unless given. */
    readonly rate?: number;
    /** Starts the random numbers behind `rate`; 1 unless given. */
    readonly seed?: number;
  };

export interface FaultRequest {
  readonly envId: string;
  readonly action: string;
  readonly collection: string | undefined;
  readonly inTransaction: boolean;
  readonly isReusedSocket: boolean;
}

export interface ListedFault {
  readonly id: number;
  readonly fault: Fault;
  readonly hits: number;
}

export interface Faults {
  add(fault: Fault): number;
  list(): readonly ListedFault[];
  /** Ends one of them; gives whether it was there. */
  remove(id: number): boolean;
  clear(): void;
  /** The first fault that befalls this request; it counts as having happened. */
  strike(request: FaultRequest): Fault | undefined;
}

export function createFaults(): Faults {
  let rules: { id: number; fault: Fault; hits: number; random: () => number }[] = [];
  let lastId = 0;

  return {
    add(fault) {
      lastId += 1;
      rules.push({ id: lastId, fault, hits: 0, random: createRandom(fault.seed ?? 1) });
      return lastId;
    },
    list: () => rules.map(({ id, fault, hits }) => ({ id, fault, hits })),
    remove(id) {
      const before = rules.length;
      rules = rules.filter((rule) => rule.id !== id);
      return rules.length < before;
    },
    clear() {
      rules = [];
    },
    strike(request) {
      for (const rule of rules) {
        const { fault } = rule;
        if (rule.hits >= (fault.times ?? Number.POSITIVE_INFINITY)) continue;
        if (!isHit(fault, request)) continue;
        if (rule.random() >= (fault.rate ?? 1)) continue;
        rule.hits += 1;
        return fault;
      }
      return undefined;
    },
  };
}

function isHit(fault: Fault, request: FaultRequest): boolean {
  if (fault.envId !== undefined && fault.envId !== request.envId) return false;
  if (fault.action !== undefined && fault.action !== request.action) return false;
  if (fault.collection !== undefined && fault.collection !== request.collection) return false;
  if (fault.reusedSocket === true && !request.isReusedSocket) return false;
  if (fault.kind !== 'conflict') return true;
  // Only what belongs to a transaction can be in conflict, and giving up never is.
  return request.inTransaction && request.action !== 'database.abortTransaction';
}
