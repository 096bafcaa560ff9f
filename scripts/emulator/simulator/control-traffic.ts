import { Hono } from 'hono';
import { BadRequest } from '../wechat/control/body.ts';
import type { PushMessage } from '../wechat/push/messages.ts';
import type { PushResult } from '../wechat/push/push.ts';
import type { Book } from './book.ts';
import type { Emulators } from './emulators.ts';
import { runsOf } from './runs-of-push.ts';
import { wayOf } from './way.ts';

/** `/traffic/…`: each push and each call, whole, and once more. */
export function createTrafficRoutes(
  book: Book,
  { push, collections: { inbox } }: Pick<Emulators, 'push' | 'collections'>,
): Hono {
  const { traffic, logs, steps } = book;
  const app = new Hono();

  app.get('/traffic', (context) => {
    const words = context.req.query('q') ?? '';
    return context.json(words === '' ? traffic.rows() : traffic.search(words));
  });
  app.delete('/traffic', (context) => {
    traffic.clear();
    return context.json([]);
  });
  app.get('/traffic/:id', (context) => {
    const record = recordOf(context.req.param('id'));
    if (record.kind === 'call') return context.json(record);
    const { deliveries } = record;
    const runs = runsOf(record, book);
    const lines = logs.ofRequests(runs);
    const way = wayOf({ deliveries, lines, steps: steps.ofRequests(runs), inbox });
    return context.json({ ...record, logs: lines, way });
  });

  /** The same message with the same id and time, as WeChat repeats it; `?fresh=1` sends it anew. */
  app.post('/traffic/:id/replay', async (context) => {
    const record = recordOf(context.req.param('id'));
    if (record.kind === 'call') throw new BadRequest('Only pushes can be replayed.');
    const isFresh = context.req.query('fresh') === '1';
    const { said, result } = record;
    return context.json(await push.send(isFresh ? { ...said } : sameAgain(said, result)));
  });

  return app;

  function recordOf(id: string) {
    const record = traffic.get(Number(id));
    if (!record) throw new BadRequest(`There is no row ${id}.`);
    return record;
  }
}

/** What WeChat has given it stays with it. */
function sameAgain(said: PushMessage, result: PushResult | undefined): PushMessage {
  if (said.type === 'raw' || !result) return { ...said };
  const createTime = /<CreateTime>(\d+)</.exec(result.message)?.[1];
  const msgId = /<MsgId>(\d+)</.exec(result.message)?.[1];
  return {
    ...said,
    ...(createTime ? { CreateTime: Number(createTime) } : {}),
    ...(msgId ? { MsgId: msgId } : {}),
  } as PushMessage;
}
