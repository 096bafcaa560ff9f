import * as v from 'valibot';
import { type CloudApi, CloudApiError } from './api.ts';
import type { Redactor } from './redaction.ts';

const callSchema = v.strictObject({
  service: v.picklist(['scf', 'tcb', 'cam', 'cls']),
  action: v.string(),
  request: v.unknown(),
  response: v.exactOptional(v.unknown()),
  error: v.exactOptional(v.strictObject({ code: v.string(), message: v.string() })),
});

/** A call of the cloud API as it was made and answered, without secrets and ids. */
export type RecordedCall = v.InferOutput<typeof callSchema>;

export const recordedCalls = v.array(callSchema);

/** Goes on to the cloud, and tells of each call when it has been answered. */
export function recordingApi(
  api: CloudApi,
  redactor: Redactor,
  tell: (call: RecordedCall) => void,
): CloudApi {
  return async (service, action, parameters) => {
    const call = { service, action, request: redactor.request(parameters) };
    try {
      const response = await api(service, action, parameters);
      tell({ ...call, response: redactor.value(response) });
      return response;
    } catch (error) {
      if (error instanceof CloudApiError) {
        const message = redactor.sentence(error.message);
        tell({ ...call, error: { code: error.code, message } });
      }
      throw error;
    }
  };
}

/** Answers as the cloud did: of equal calls each gets its own answer, and the last one stays. */
export function replayingApi(calls: readonly RecordedCall[]): CloudApi {
  const waiting = new Map<string, RecordedCall[]>();
  for (const call of calls) {
    const key = keyOf(call.service, call.action, call.request);
    waiting.set(key, [...(waiting.get(key) ?? []), call]);
  }
  return async (service, action, parameters) => {
    const queue = waiting.get(keyOf(service, action, parameters)) ?? [];
    const call = queue.length > 1 ? queue.shift() : queue[0];
    if (!call) {
      throw new Error(`The recording has no ${service} ${action} ${JSON.stringify(parameters)}.`);
    }
    if (call.error) throw new RecordedError(call.error);
    return call.response as never;
  };
}

/** Its message is whole already: it was an error of the cloud before. */
class RecordedError extends CloudApiError {
  constructor({ code, message }: { readonly code: string; readonly message: string }) {
    super('', code, '');
    this.message = message;
  }
}

function keyOf(service: string, action: string, request: unknown): string {
  return JSON.stringify([service, action, sorted(request)]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
  );
}
