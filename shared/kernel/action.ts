import * as v from 'valibot';
import type { App } from './app.ts';
import { checked } from './check.ts';
import { AppError, type ErrorCode, type ErrorDetails } from './errors.ts';

/** One thing that a caller can have done: the schema of its payload, and the code. */
export interface Action<SomeApp, Schema extends v.GenericSchema = v.GenericSchema, Data = unknown> {
  readonly schema: Schema;
  /** `by` is who asks, as the audit trail names them. */
  readonly run: (payload: v.InferOutput<Schema>, app: SomeApp, by: string) => Promise<Data>;
  /** Who does it, and when, goes into the audit trail. */
  readonly isAudited?: boolean;
}

/** Ties the payload of `run` to the schema that checked it. */
export function action<SomeApp, Schema extends v.GenericSchema, Data>(
  schema: Schema,
  run: (payload: v.InferOutput<Schema>, app: SomeApp, by: string) => Promise<Data>,
): Action<SomeApp, Schema, Data> {
  return { schema, run };
}

/** An action that changes what the account shows, sends or allows: it goes into the audit trail. */
export function audited<SomeApp, Schema extends v.GenericSchema, Data>(
  schema: Schema,
  run: (payload: v.InferOutput<Schema>, app: SomeApp, by: string) => Promise<Data>,
): Action<SomeApp, Schema, Data> {
  return { schema, run, isAudited: true };
}

/** The schema of an action without a payload; it takes an empty object too. */
export const noPayload = v.optional(v.strictObject({}));

/** The actions of a function by their names. */
// biome-ignore lint/suspicious/noExplicitAny: the payload of an action is both in and out of it
export type Actions<SomeApp> = Readonly<Record<string, Action<SomeApp, any, unknown>>>;

/** What is asked of some actions, and who asks. */
export interface ActionCall {
  readonly name: string;
  readonly payload: unknown;
  /** For the audit trail: `operator`, by invocation, or `operator` and a name, by the console. */
  readonly actor: string;
  readonly requestId: string | undefined;
  /** Goes into the audit trail even if the action itself does not ask for that. */
  readonly isAudited?: boolean;
}

/** What is told of a failure: nothing of what went on inside. */
export interface ActionFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What every caller gets of an action. */
export type ActionResult<Data = unknown> =
  | { readonly ok: true; readonly data: Data; readonly requestId: string | undefined }
  | { readonly ok: false; readonly error: ActionFailure; readonly requestId: string | undefined };

/**
 * Checks the payload, runs the action and writes into the audit trail what is to be there. Every door to
 * the actions leads through here.
 *
 * @throws AppError `invalid` for an unknown action or a wrong payload; else what the action throws
 */
export async function perform<SomeApp extends App>(
  actions: Actions<SomeApp>,
  app: SomeApp,
  call: ActionCall,
): Promise<unknown> {
  const { name, payload, actor } = call;
  const chosen = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!chosen) {
    throw new AppError(
      'invalid',
      `There is no action "${name}". Known: ${Object.keys(actions).join(', ')}.`,
      { details: { actions: Object.keys(actions) } },
    );
  }
  const run = async () =>
    chosen.run(checked(chosen.schema, payload, { what: 'The payload' }), app, actor);
  return chosen.isAudited || call.isAudited ? auditing(app, call, run) : run();
}

/** Runs an action, and writes down how it ended. The action has happened by then, so its result counts. */
async function auditing<Result>(
  { audit, log }: App,
  { name, payload, actor, requestId }: ActionCall,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!audit) return work();
  const write = async (outcome: 'ok' | ErrorCode, result?: unknown) => {
    try {
      const subject = subjectOf(payload, result);
      await audit({ actor, action: name, subject, outcome, requestId });
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
 * What it is done to, if the payload has a short id or name for it, and the digest and version of what has
 * become of it, if the result has them. An openid is no id.
 */
function subjectOf(payload: unknown, result: unknown): string | undefined {
  const { id, requestId, name } = Object(payload) as Readonly<Record<string, unknown>>;
  const named = [id, requestId, name].find(
    (each) => typeof each === 'string' || typeof each === 'number',
  );
  if (named === undefined) return undefined;
  const { digest, version } = Object(result) as Readonly<Record<string, unknown>>;
  const become = typeof digest === 'string' ? [digest, version ?? ''] : [];
  return [String(named).slice(0, 64), ...become].join(' ').trim();
}

/** A failure as a caller is told of it: a bug is `internal`, and its cause is in the log alone. */
export function failureOf(error: unknown): ActionFailure {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, details: error.details };
  }
  return {
    code: 'internal',
    message: 'The function failed; its log tells why, under the id of this request.',
    details: {},
  };
}
