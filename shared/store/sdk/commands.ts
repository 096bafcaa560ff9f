import { WRITES_KEPT } from '../history.ts';
import type { Change, Condition, Match, Operator } from '../link.ts';
import type { Value } from '../values.ts';

/** A comparison or an update, as `db.command` makes it. */
export interface SdkCommand {
  and(other: SdkCommand): SdkCommand;
}

/** The part of `db.command` that we use; it is the same in both SDKs. */
export interface SdkCommands {
  eq(value: unknown): SdkCommand;
  neq(value: unknown): SdkCommand;
  in(values: unknown[]): SdkCommand;
  lt(value: unknown): SdkCommand;
  lte(value: unknown): SdkCommand;
  gt(value: unknown): SdkCommand;
  gte(value: unknown): SdkCommand;
  set(value: unknown): SdkCommand;
  remove(): SdkCommand;
  inc(by: number): SdkCommand;
  push(options: { each: unknown[]; slice: number }): SdkCommand;
}

type Fields = Record<string, unknown>;

/** Sends every value under a command: the SDK would merge or flatten a bare object, not set it. */
export function createCommands(_: SdkCommands, encodeDate: (date: Date) => unknown) {
  const compare: Record<Operator, (value: unknown) => SdkCommand> = {
    eq: (value) => _.eq(value),
    has: (value) => _.eq(value),
    hasAny: (value) => _.in([...(value as readonly unknown[])]),
    in: (value) => _.in([...(value as readonly unknown[])]),
    lt: (value) => _.lt(value),
    lte: (value) => _.lte(value),
    gt: (value) => _.gt(value),
    gte: (value) => _.gte(value),
  };

  function encoded(value: Value): unknown {
    if (value instanceof Date) return encodeDate(value);
    if (Array.isArray(value)) return value.map(encoded);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, encoded(item)]));
  }

  return {
    where(conditions: readonly Condition[]): Fields {
      const fields: Record<string, SdkCommand> = {};
      for (const { field, operator, value } of conditions) {
        const command = compare[operator](value);
        const before = fields[field];
        fields[field] = before ? before.and(command) : command;
      }
      return fields;
    },

    /** Strings and numbers stay bare, because the old SDK encodes the filter of a removal twice. */
    match({ id, rev, without }: Match): Fields {
      return {
        _id: id,
        ...(rev === undefined ? {} : { _rev: rev }),
        ...(without === undefined ? {} : { _writes: _.neq(without) }),
      };
    },

    change({ set, unset, add, writeId }: Change): Fields {
      return {
        ...mapValues(set, (value) => _.set(encoded(value))),
        ...Object.fromEntries(unset.map((name) => [name, _.remove()])),
        ...mapValues(add, (by) => _.inc(by)),
        _rev: _.inc(1),
        _writes: _.push({ each: [writeId], slice: -WRITES_KEPT }),
      };
    },
  };
}

function mapValues<V>(fields: Readonly<Record<string, V>>, make: (value: V) => SdkCommand) {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, make(value)]));
}

/** Reads a count in an answer of the service. */
export function asCount(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new Error('CloudBase answered without a count.');
}

/**
 * A transaction that has begun. Without an id the SDKs would send its operations as ordinary ones,
 * outside of any transaction.
 */
export function begun<T extends { getTransactionId(): unknown }>(transaction: T): T {
  const id = transaction.getTransactionId();
  if (typeof id === 'string' && id !== '') return transaction;
  throw new Error('CloudBase began a transaction without an id.');
}

/** An answer to a commit or abort holds only an id; one without it is not an answer. */
export function answered({ requestId }: { readonly requestId?: unknown }): void {
  if (typeof requestId !== 'string') throw new Error('CloudBase did not answer.');
}
