import type { Delivery } from '../wechat/push/deliver.ts';
import type { PushMessage } from '../wechat/push/messages.ts';
import type { PushResult } from '../wechat/push/push.ts';
import type { RecordedCall } from '../wechat/state/calls.ts';
import { describeCall, describePush } from './describe-traffic.ts';
import type { Emit, TrafficRow } from './feed.ts';
import { createRing } from './ring.ts';

/** More than the page needs to be of use, less than what would fill the memory. */
export const MAX_TRAFFIC = 5_000;

/** Everything that is known about one row. */
export type TrafficRecord =
  | {
      readonly id: number;
      readonly row: TrafficRow;
      readonly kind: 'push';
      readonly said: PushMessage;
      readonly deliveries: readonly Delivery[];
      readonly result?: PushResult;
    }
  | {
      readonly id: number;
      readonly row: TrafficRow;
      readonly kind: 'call';
      readonly call: RecordedCall;
    };

type PushRecord = Extract<TrafficRecord, { kind: 'push' }>;

/** Each push with its deliveries and each call of the API, the latest of them. */
export interface Traffic {
  /** A push begins; gives its number. */
  beginPush(said: PushMessage, at: number): number;
  noteDelivery(id: number, delivery: Delivery): void;
  endPush(id: number, result: PushResult): void;
  /** A handler of the push has failed, whatever the account has answered. */
  noteFailure(id: number, what: string): void;
  noteCall(call: RecordedCall): number;
  get(id: number): TrafficRecord | undefined;
  rows(): TrafficRow[];
  /** Those whose every word, answers included, is searched for `text`. */
  search(text: string): TrafficRow[];
  clear(): void;
}

/** The invocations that took the deliveries of a push, as far as they were answered. */
export const requestIdsOf = (deliveries: readonly Delivery[]): readonly string[] =>
  deliveries.flatMap(({ responseHeaders }) => responseHeaders?.['x-scf-request-id'] ?? []);

/** Numbers begin at the time of the start: what a chat remembers of an earlier one leads nowhere. */
export function createTraffic(emit: Emit, startedAt: number): Traffic {
  const ring = createRing<TrafficRecord>(MAX_TRAFFIC, startedAt);
  const tell = ({ row }: TrafficRecord) => emit({ kind: 'traffic', row });

  return {
    beginPush(said, at) {
      const record = ring.add((id) => {
        const row = { id, at, kind: 'push', state: 'pending', ...describePush(said) } as const;
        return { id, row, kind: 'push', said, deliveries: [] };
      });
      tell(record);
      return record.id;
    },
    noteDelivery(id, delivery) {
      changePush(id, (record) => {
        const deliveries = [...record.deliveries, delivery];
        return { ...record, deliveries, row: { ...record.row, deliveries: deliveries.length } };
      });
    },
    endPush(id, result) {
      changePush(id, (record) => {
        const last = result.deliveries.at(-1);
        const row = {
          ...record.row,
          state: result.outcome.kind,
          deliveries: result.deliveries.length,
          ms: result.deliveries.reduce((sum, { ms }) => sum + ms, 0),
          ...(last?.status === undefined ? {} : { status: last.status }),
        };
        return { ...record, row, result };
      });
    },
    noteFailure(id, what) {
      changePush(id, (record) => ({ ...record, row: { ...record.row, failure: what } }));
    },
    noteCall(call) {
      const record = ring.add((id) => ({
        id,
        row: { id, kind: 'call', ...describeCall(call) },
        kind: 'call',
        call,
      }));
      tell(record);
      return record.id;
    },
    get: ring.get,
    rows: () => ring.list().map(({ row }) => row),
    search(text) {
      const wanted = text.toLowerCase();
      return ring
        .list()
        .filter((record) => JSON.stringify(record).toLowerCase().includes(wanted))
        .map(({ row }) => row);
    },
    clear() {
      ring.clear();
      emit({ kind: 'cleared', what: 'traffic' });
    },
  };

  function changePush(id: number, change: (record: PushRecord) => PushRecord): void {
    const record = ring.get(id);
    // It may have been cleared away meanwhile.
    if (record?.kind !== 'push') return;
    const next = change(record);
    ring.replace(next);
    tell(next);
  }
}
