import { Hono } from 'hono';
import * as v from 'valibot';
import { BadRequest, read } from '../wechat/control/body.ts';
import type { ShownDatabase } from './shown-database.ts';

const text = v.pipe(v.string(), v.minLength(1));
const putSchema = v.strictObject({ collection: text, document: v.looseObject({ _id: text }) });

/** `/store/…`: the documents of the functions' database, to read and to change by hand. */
export function createStoreRoutes(database: ShownDatabase): Hono {
  const app = new Hono();

  app.get('/store/documents', async (context) => {
    const { collection = '', limit = '100' } = context.req.query();
    return context.json({ documents: await database.documents(collection, Number(limit)) });
  });
  app.get('/store/document', async (context) => {
    const { collection = '', id = '' } = context.req.query();
    return context.json({ document: (await known(collection, id)) ?? null });
  });
  app.put('/store/document', async (context) => {
    const { collection, document } = await read(context.req.raw, putSchema);
    await mustBeThere(collection);
    return context.json({ document: await database.put(collection, document) });
  });
  app.delete('/store/document', async (context) => {
    const { collection = '', id = '' } = context.req.query();
    await mustBeThere(collection);
    return context.json({ deleted: await database.remove(collection, id) });
  });
  return app;

  async function known(collection: string, id: string) {
    await mustBeThere(collection);
    return database.document(collection, id);
  }

  async function mustBeThere(collection: string): Promise<void> {
    const names = (await database.collections()).map(({ name }) => name);
    if (!names.includes(collection)) throw new BadRequest(`There is no collection ${collection}.`);
  }
}
