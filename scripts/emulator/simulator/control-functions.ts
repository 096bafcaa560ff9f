import { Hono } from 'hono';
import * as v from 'valibot';
import { BadRequest, read } from '../wechat/control/body.ts';
import type { Emulators } from './emulators.ts';

const schemas = {
  invoke: v.strictObject({ function: v.string(), event: v.optional(v.unknown()) }),
};

/** `/invoke`, `/instances/…`, `/timers/…`: what a console of the platform offers. */
export function createFunctionRoutes({ scf, invoke }: Pick<Emulators, 'scf' | 'invoke'>): Hono {
  const app = new Hono();

  /** As a console would: answers with the result, and a failed invocation is a failure in JSON. */
  app.post('/invoke', async (context) => {
    const { function: name, event = {} } = await read(context.req.raw, schemas.invoke);
    const outcome = await invoke(name, event);
    if (outcome.ok) return context.json(outcome.result as object);
    return context.json({
      ok: false,
      error: { code: 'internal', message: outcome.error.errorMessage, details: {} },
      requestId: outcome.requestId,
    });
  });

  app.get('/instances', (context) => context.json(scf.instances()));
  app.post('/instances/:id/:order', async (context) => {
    const { id, order } = context.req.param();
    const orders = { kill: scf.kill, freeze: scf.freeze, thaw: scf.thaw };
    if (!(order === 'kill' || order === 'freeze' || order === 'thaw')) {
      throw new BadRequest(`An instance can be told: ${Object.keys(orders).join(', ')}.`);
    }
    await attempt(() => orders[order](id));
    return context.json(scf.instances());
  });

  app.post('/timers/:function/:timer', async (context) => {
    const { function: name, timer } = context.req.param();
    const outcome = await attempt(() => scf.fireTimer(`${name}/${timer}`));
    return context.json(outcome);
  });

  return app;
}

/** What the emulator refuses is the caller's mistake. */
async function attempt<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new BadRequest(error instanceof Error ? error.message : String(error));
  }
}
