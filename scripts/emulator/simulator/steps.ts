import type { ServedRequest } from '../cloudbase/index.ts';
import type { RecordedCall } from '../wechat/state/calls.ts';
import { createRing } from './ring.ts';

/** Something that a function has asked of the database or of WeChat. */
export interface Step {
  readonly kind: 'store' | 'call';
  /** When it began: milliseconds since the epoch, by the emulated clock. */
  readonly at: number;
  readonly ms: number;
  /** The collection, or the endpoint; empty for the beginning and the end of a transaction. */
  readonly name: string;
  /** What was asked of the collection. */
  readonly about: string;
  readonly failure?: string;
  /** The row of the traffic. */
  readonly trafficId?: number;
}

/** What the functions have asked lately, by the invocation that has asked. */
export interface Steps {
  /** `port`: of the connection it came by; what no function has sent is not kept. */
  note(step: Step, port: number | undefined): void;
  ofRequests(requestIds: readonly string[]): readonly Step[];
  /** The invocations that have made these calls, by their rows of the traffic. */
  requestsOfCalls(trafficIds: readonly number[]): readonly string[];
}

const MAX_STEPS = 10_000;

export function createSteps(requestOf: (port: number) => string | undefined): Steps {
  const ring = createRing<Step & { readonly id: number; readonly requestId: string }>(MAX_STEPS);
  return {
    note(step, port) {
      if (port === undefined) return;
      // The instance has told of its connection before it used it, but on another pipe.
      setImmediate(() => {
        const requestId = requestOf(port);
        if (requestId !== undefined) ring.add((id) => ({ ...step, id, requestId }));
      });
    },
    ofRequests: (requestIds) => ring.list().filter((each) => requestIds.includes(each.requestId)),
    requestsOfCalls: (trafficIds) =>
      ring
        .list()
        .filter(({ trafficId }) => trafficId !== undefined && trafficIds.includes(trafficId))
        .map(({ requestId }) => requestId),
  };
}

export function stepOfCall(call: RecordedCall, trafficId: number): Step {
  const { at, ms, endpoint, method, path, errcode, status } = call;
  const isBad = errcode !== 0 || status < 200 || status >= 400;
  return {
    kind: 'call',
    at,
    ms,
    name: endpoint ?? `${method} ${path}`,
    about: '',
    trafficId,
    ...(isBad ? { failure: errcode === 0 ? `HTTP ${status}` : String(errcode) } : {}),
  };
}

/** `endedAt`: by the emulated clock. */
export function stepOfStore(request: ServedRequest, endedAt: number): Step {
  const { action, collection, ms, failure } = request;
  const [service = '', asked = ''] = action.split('.');
  return {
    kind: 'store',
    at: endedAt - ms,
    ms,
    name: collection ?? (asked.endsWith('Transaction') ? '' : service),
    about: asked.replace(PLACE, ''),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** `database.insertDocInTransaction` is an insert like any other; where it is can be seen. */
const PLACE = /(Documents?|DocInTransaction|InTransaction|AndReturnDoc|Transaction)$/;
