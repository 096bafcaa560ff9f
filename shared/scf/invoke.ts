import type * as v from 'valibot';
import { type ActionResult, type Actions, failureOf, perform } from '../kernel/action.ts';
import type { App } from '../kernel/app.ts';
import { AppError, type ErrorCode } from '../kernel/errors.ts';
import { isRecord } from '../kernel/record.ts';
import { refuseClients } from './guard.ts';
import { invocation, requestIdOf } from './invocation.ts';

/** What a caller sends, typed for scripts and tests. */
export type Invocation<A extends Actions<never>> = {
  [Name in keyof A & string]: {
    readonly action: Name;
    readonly payload?: v.InferInput<A[Name]['schema']>;
  };
}[keyof A & string];

/**
 * Makes actions into the `main` of an event function: `{action, payload}` in, an {@link ActionResult}
 * out. SCF writes the result into its log, so it holds no secret and no token. Clients of the environment
 * are refused. It never throws: a caller's mistake and a failure of WeChat are answers; a bug is
 * `internal` without inner words, and its cause is in the log under the same request id.
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
        const asked = readEvent(actions, event);
        const result = await perform(actions, current, { ...asked, actor: 'operator', requestId });
        const ms = current.clock.now() - startedAt;
        current.log.info('done', { requestId, action: asked.name, ms });
        return result;
      });
      return { ok: true, data: data ?? null, requestId };
    } catch (error) {
      const reason = refusalIn(error);
      if (reason === undefined) app?.log.error('failed', { requestId, error });
      else {
        const details = { message: (error as AppError).message };
        app?.log.warn('invocation refused', { requestId, reason, details });
      }
      return { ok: false, error: failureOf(error), requestId };
    }
  };
}

/** What the caller did wrong, and we did right to refuse. */
const refusals = [
  'invalid',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'rate_limited',
] as const satisfies readonly ErrorCode[];

function refusalIn(error: unknown): (typeof refusals)[number] | undefined {
  if (!(error instanceof AppError)) return undefined;
  return refusals.find((code) => code === error.code);
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
