import { Hono } from 'hono';
import * as v from 'valibot';
import { type ModelBehaviour, modelFaultNames } from '../model/behaviour.ts';
import type { EmulatedModel } from '../model/model.ts';
import { read } from '../wechat/control/body.ts';

const pause = v.pipe(v.number(), v.minValue(0), v.maxValue(600_000));

const behaviour = v.partial(
  v.strictObject({
    firstPieceMs: pause,
    pieceMs: pause,
    streams: v.boolean(),
    fault: v.picklist(modelFaultNames),
    /** `null`: it talks about the question again. */
    answer: v.nullable(v.pipe(v.string(), v.maxLength(100_000))),
  }),
);

/** `/model`: how fast the emulated language model answers, how it fails, and what it says. */
export function createModelRoutes(model: EmulatedModel): Hono {
  const app = new Hono();
  app.get('/model', (context) => context.json(model.behaviour()));
  app.put('/model', async (context) => {
    const { answer, ...change } = await read(context.req.raw, behaviour);
    model.behave({
      // A field that was not given is not there either, which its type cannot say.
      ...(change as Partial<Omit<ModelBehaviour, 'answer'>>),
      ...(answer === undefined ? {} : { answer: answer ?? undefined }),
    });
    return context.json(model.behaviour());
  });
  return app;
}
