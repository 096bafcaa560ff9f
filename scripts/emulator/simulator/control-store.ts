import { Hono } from 'hono';
import * as v from 'valibot';
import { BadRequest, checked, read } from '../wechat/control/body.ts';
import type { ShownDatabase } from './shown-database.ts';

const text = v.pipe(v.string(), v.minLength(1));
const count = (min: number, max: number) =>
  v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(min), v.maxValue(max));
/** A page of documents, as a query has it. */
const pageSchema = v.strictObject({
  collection: text,
  limit: v.optional(count(1, 1_000), '100'),
  skip: v.optional(count(0, 1e9), '0'),
  text: v.optional(v.string()),
});
/** What both databases take without quotes. */
const collectionSchema = v.strictObject({
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z][\w-]{0,62}$/i, 'a letter, then letters, digits, - and _, 63 at most'),
  ),
});
const putSchema = v.strictObject({ collection: text, document: v.looseObject({ _id: text }) });

/** `/store/…`: the documents of the functions' database, to read and to change by hand. */
export function createStoreRoutes(database: ShownDatabase): Hono {
  const app = new Hono();

  app.get('/store/documents', async (context) => {
    const { collection, ...query } = checked(pageSchema, context.req.query());
    return context.json(await database.find(collection, query));
  });
  app.post('/store/collections', async (context) => {
    const { name } = await read(context.req.raw, collectionSchema);
    const names = (await database.collections()).map((each) => each.name);
    if (names.includes(name)) throw new BadRequest(`There is a collection ${name} already.`);
    await database.create(name);
    return context.json({ collections: await database.collections() });
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
