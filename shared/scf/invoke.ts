import * as v from 'valibot';
import type { App } from '../kernel/app.ts';
import { checked } from '../kernel/check.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../kernel/errors.ts';
import { isRecord } from '../kernel/record.ts';
import { refuseClients } from './guard.ts';
import { invocation, requestIdOf } from './invocation.ts';

/** One thing that an invokable function can do: the schema of its payload, and the code. */
export interface Action<SomeApp, Schema extends v.GenericSchema = v.GenericSchema, Data = unknown> {
  readonly schema: Schema;
  readonly run: (payload: v.InferOutput<Schema>, app: SomeApp) => Promise<Data>;
  /** Who does it, and when, goes into the audit trail. */
  readonly isAudited?: boolean;
}

/** Ties the payload of `run` to the schema that checked it. */
export function action<SomeApp, Schema extends v.GenericSchema, Data>(
  schema: Schema,
  run: (payload: v.InferOutput<Schema>, app: SomeApp) => Promise<Data>,
): Action<SomeApp, Schema, Data> {
  return { schema, run };
}

/** An action that changes what the account shows, sends or allows: it goes into the audit trail. */
export function audited<SomeApp, Schema extends v.GenericSchema, Data>(
  schema: Schema,
  run: (payload: v.InferOutput<Schema>, app: SomeApp) => Promise<Data>,
): Action<SomeApp, Schema, Data> {
  return { schema, run, isAudited: true };
}

/** The schema of an action without a payload; it takes an empty object too. */
export const noPayload = v.optional(v.strictObject({}));

// biome-ignore lint/suspicious/noExplicitAny: the payload of an action is both in and out of it
type Actions<SomeApp> = Readonly<Record<string, Action<SomeApp, any, unknown>>>;

/** What a caller sends, typed for scripts and tests. */
export type Invocation<A extends Actions<never>> = {
  [Name in keyof A & string]: {
    readonly action: Name;
    readonly payload?: v.InferInput<A[Name]['schema']>;
  };
}[keyof A & string];

/** What every caller gets. SCF writes it into its log, so it holds no secret and no token. */
export type ActionResult<Data = unknown> =
  | { readonly ok: true; readonly data: Data; readonly requestId: string | undefined }
  | {
      readonly ok: false;
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly details: ErrorDetails;
      };
      readonly requestId: string | undefined;
    };

/**
 * Makes actions into the `main` of an event function: `{action, payload}` in, an {@link ActionResult}
 * out. Clients of the environment are refused. It never throws: a caller's mistake and a failure of
 * WeChat are answers; a bug is `internal` without inner words, and its cause is in the log under the
 * same request id.
 *
 * @param createApp called by the first invocation, so that a bad configuration is an answer too.
 */
export function invokable<SomeApp extends App>(
  actions: Actions<SomeApp>,
  createApp: () => SomeApp,
): (event: unknown, context: unknown) => Promise<ActionResult> {
  let app: SomeApp | undefined;
  return async (event, context) => {
    const requestId = requestIdOf(context);
    try {
      const open = () => {
        app ??= createApp();
        return app;
      };
      refuseClients(context, () => open().invokeSources ?? []);
      const current = open();
      const data = await invocation(current, requestId, async () => {
        const startedAt = current.clock.now();
        const { name, payload } = readEvent(actions, event);
        const result = await auditing(actions, current, { name, payload, requestId }, () =>
          run(actions, name, payload, current),
        );
        const ms = current.clock.now() - startedAt;
        current.log.info('done', { requestId, action: name, ms });
        return result;
      });
      return { ok: true, data: data ?? null, requestId };
    } catch (error) {
      app?.log.error('failed', { requestId, error });
      return { ok: false, error: describe(error), requestId };
    }
  };
}

/** Runs an action, and writes down how it ended. The action has happened by then, so its result counts. */
async function auditing<Result>(
  actions: Actions<never>,
  { audit, log }: App,
  act: {
    readonly name: string;
    readonly payload: unknown;
    readonly requestId: string | undefined;
  },
  work: () => Promise<Result>,
): Promise<Result> {
  const { name, payload, requestId } = act;
  if (!audit || !Object.hasOwn(actions, name) || !actions[name]?.isAudited) return work();
  const write = async (outcome: 'ok' | ErrorCode, result?: unknown) => {
    try {
      const subject = subjectOf(payload, result);
      await audit({ actor: 'operator', action: name, subject, outcome, requestId });
    } catch (error) {
      log.error('audit trail not written', { requestId, action: name, error });
    }
  };
  try {
    const result = await work();
    await write('ok', result);
    return result;
  } catch (error) {
    await write(error instanceof AppError ? error.code : 'internal');
    throw error;
  }
}

/**
 * What it is done to, if the payload has a short id for it, and the digest of what has become of it, if
 * the result has one. An openid is no id.
 */
function subjectOf(payload: unknown, result: unknown): string | undefined {
  const { id, requestId } = Object(payload) as {
    readonly id?: unknown;
    readonly requestId?: unknown;
  };
  const named = [id, requestId].find(
    (each) => typeof each === 'string' || typeof each === 'number',
  );
  if (named === undefined) return undefined;
  const { digest } = Object(result) as { readonly digest?: unknown };
  return String(named).slice(0, 64) + (typeof digest === 'string' ? ` ${digest}` : '');
}

function run<SomeApp>(actions: Actions<SomeApp>, name: string, payload: unknown, app: SomeApp) {
  const chosen = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!chosen) {
    throw new AppError(
      'invalid',
      `There is no action "${name}". Known: ${Object.keys(actions).join(', ')}.`,
      { details: { actions: Object.keys(actions) } },
    );
  }
  return chosen.run(checked(chosen.schema, payload, { what: 'The payload' }), app);
}

function readEvent(
  actions: Actions<never>,
  event: unknown,
): { readonly name: string; readonly payload: unknown } {
  const names = Object.keys(actions);
  if (!isRecord(event) || typeof event.action !== 'string') {
    throw new AppError(
      'invalid',
      `The event must be {"action": …, "payload": …}. Actions: ${names.join(', ')}.`,
      { details: { actions: names } },
    );
  }
  const unknown = Object.keys(event).filter((key) => key !== 'action' && key !== 'payload');
  if (unknown.length > 0) {
    throw new AppError(
      'invalid',
      `The event has unknown fields: ${unknown.join(', ')}. It takes action and payload.`,
    );
  }
  return { name: event.action, payload: event.payload };
}

function describe(error: unknown): { code: ErrorCode; message: string; details: ErrorDetails } {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, details: error.details };
  }
  return {
    code: 'internal',
    message: 'The function failed; its log tells why, under the id of this request.',
    details: {},
  };
}
