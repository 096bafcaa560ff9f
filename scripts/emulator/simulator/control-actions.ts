import { Hono } from 'hono';
import * as v from 'valibot';
import { BadRequest, read } from '../wechat/control/body.ts';
import type { ShownActions } from './shown-actions.ts';

const order = v.strictObject({
  function: v.string(),
  action: v.string(),
  payload: v.optional(v.unknown()),
});

/** `/actions`: what can be invoked, and what is wrong with a payload before it is. */
export function createActionRoutes(actions: ShownActions): Hono {
  const app = new Hono();
  app.get('/actions', async (context) => context.json(await actions.list()));
  app.post('/actions/check', async (context) => {
    const { function: name, action, payload } = await read(context.req.raw, order);
    const checked = await actions.check(name, action, payload);
    if (!checked) throw new BadRequest(`${name} has no action ${action}.`);
    return context.json(checked);
  });
  return app;
}
