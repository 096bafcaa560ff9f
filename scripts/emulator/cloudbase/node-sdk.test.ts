import tcb from '@cloudbase/node-sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CloudbaseEmulator, startCloudbase } from './index.ts';

process.env.TENCENTCLOUD = 'true';
process.env.SILENCE = 'true';

const ENV = 'env-node';
const keys = { secretId: 'AKIDnode', secretKey: 'SKnode' };
const documents = [
  { _id: 'a', n: 1 },
  { _id: 'b', n: 2 },
  { _id: 'd', n: 3 },
];

let emulator: CloudbaseEmulator;

beforeAll(async () => {
  const apiKeys = ['server-key'];
  const clientKeys = ['browser-key'];
  emulator = await startCloudbase({
    environments: [{ envId: ENV, ...keys, apiKeys, clientKeys }],
  });
});
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.control.reset();
  emulator.control.createCollection(ENV, { name: 'c' });
});

const open = (credentials: object = keys) =>
  tcb.init({ env: ENV, serviceUrl: emulator.url, ...credentials }).database();

/** What only the newer SDK can say. */
describe('@cloudbase/node-sdk alone', () => {
  test('adds many documents at once', async () => {
    const many = Array.from({ length: 1001 }, (_, n) => ({ _id: `d${n}`, n }));

    const { ids } = (await open().collection('c').add(many)) as unknown as { ids: string[] };

    expect(ids).toHaveLength(1001);
    expect((await open().collection('c').count()).total).toBe(1001);
  });

  test('a batch stops at its first duplicate and keeps what came before', async () => {
    await open().collection('c').add({ _id: 'b' });

    await expect(open().collection('c').add(documents)).rejects.toThrow('E11000');

    expect((await open().collection('c').count()).total).toBe(2);
  });

  test('updates one and gives it back', async () => {
    const db = open();
    await db.collection('c').add(documents);

    const query = db.collection('c').where({ n: db.command.gt(1) });
    const updated = await query.updateAndReturn({ n: db.command.inc(10) });
    const missed = await db.collection('c').where({ n: 99 }).updateAndReturn({ n: 0 });

    expect(updated).toMatchObject({ updated: 1, doc: { _id: 'b', n: 12 } });
    expect(missed).toMatchObject({ updated: 0, doc: null });
    expect((await db.collection('c').doc('d').get()).data).toEqual([{ _id: 'd', n: 3 }]);
  });

  test('updates no more than one when told so', async () => {
    const db = open();
    await db.collection('c').add(documents);

    const one = db
      .collection('c')
      .where({ n: db.command.gt(0) })
      .options({ multiple: false });

    expect(await one.update({ hit: true })).toMatchObject({ updated: 1 });
    expect((await db.collection('c').where({ hit: true }).count()).total).toBe(1);
  });

  test('sends operators of its own in raw mode', async () => {
    const db = open();
    await db.collection('c').add(documents);
    const raw = db.collection('c').options({ raw: true, multiple: true });

    await raw.where({ n: { $gte: 2 } }).update({ $set: { big: true }, $unset: { n: '' } });

    expect((await db.collection('c').where({ big: true }).get()).data).toEqual([
      { _id: 'b', big: true },
      { _id: 'd', big: true },
    ]);
    await expect(raw.where({ n: { $near: 1 } }).get()).rejects.toMatchObject({
      code: 'DATABASE_INVALID_OPERRATOR',
    });
  });

  test.each([
    ['an update operator that is unknown', { $frob: { n: 1 } }, 'DATABASE_INVALID_OPERRATOR'],
    ['an update of the id', { $set: { _id: 'z' } }, 'DATABASE_REQUEST_FAILED'],
    ['one path twice', { $set: { n: 1 }, $inc: { n: 1 } }, 'DATABASE_REQUEST_FAILED'],
    ['a stored key with a dollar', { $set: { in: { $x: 1 } } }, 'DATABASE_REQUEST_FAILED'],
  ])('refuses %s', async (_, change, code) => {
    const db = open();
    await db.collection('c').add(documents);
    const raw = db.collection('c').options({ raw: true });

    await expect(raw.where({ _id: 'a' }).update(change)).rejects.toMatchObject({ code });

    expect((await db.collection('c').get()).data).toEqual(documents);
  });

  test('reads by query inside a transaction, and sees its own writes', async () => {
    const db = open();
    await db.collection('c').add(documents);

    const tx = await db.startTransaction();
    const collection = tx.collection('c');
    await collection.doc('a').update({ n: 50 });
    await collection.doc('b').remove();
    await collection.add([{ _id: 'x', n: 60 }]);
    await db.collection('c').add({ _id: 'outside', n: 70 });

    const { data } = await collection
      .where({ n: db.command.gt(2) })
      .orderBy('n', 'asc')
      .get();
    await tx.commit();

    const seen = (data as { _id: string }[]).map(({ _id }) => _id);
    expect(seen).toEqual(['d', 'a', 'x']);
  });

  test('update by query inside a transaction runs outside it', async () => {
    const db = open();
    await db.collection('c').add(documents);
    const tx = await db.startTransaction();

    await tx.collection('c').where({ _id: 'a' }).update({ n: 99 });
    await tx.rollback('no');

    expect((await db.collection('c').doc('a').get()).data).toEqual([{ _id: 'a', n: 99 }]);
  });

  test('may be given an API key', async () => {
    const db = open({ accessKey: 'server-key' });
    await db.collection('c').add({ _id: 'a' });

    expect((await db.collection('c').count()).total).toBe(1);
    await expect(open({ accessKey: 'no-key' }).collection('c').count()).rejects.toMatchObject({
      code: 'INVALID_ACCESS_TOKEN',
    });
  });

  test('a client is refused where only administrators may go', async () => {
    const client = open({ accessKey: 'browser-key' });
    await open().collection('c').add({ _id: 'a' });
    const denied = { code: 'DATABASE_PERMISSION_DENIED' };

    await expect(client.collection('c').get()).rejects.toMatchObject(denied);
    emulator.control.setRule(ENV, 'c', 'ADMINWRITE');

    expect((await client.collection('c').get()).data).toEqual([{ _id: 'a' }]);
    await expect(client.collection('c').add({ n: 1 })).rejects.toMatchObject(denied);
    await expect(client.collection('c').doc('a').remove()).rejects.toMatchObject(denied);
    await expect(client.startTransaction()).rejects.toBeDefined();
    expect((await open().collection('c').count()).total).toBe(1);
  });

  test('copies and moves files', async () => {
    const app = tcb.init({ env: ENV, serviceUrl: emulator.url, ...keys });
    await app.uploadFile({ cloudPath: 'from/x.txt', fileContent: Buffer.from('hello') });
    const copy = (options: object) =>
      app.copyFile({ fileList: [{ srcPath: 'from/x.txt', dstPath: 'to/x.txt', ...options }] });

    const [copied] = (await copy({})).fileList;
    const [kept] = (await copy({ overwrite: false })).fileList;
    const [moved] = (await copy({ removeOriginal: true })).fileList;
    const [missing] = (await copy({})).fileList;

    expect([copied?.code, moved?.code]).toEqual(['SUCCESS', 'SUCCESS']);
    expect([kept?.code, missing?.code]).toEqual(['STORAGE_REQUEST_FAIL', 'STORAGE_FILE_NONEXIST']);
    const fileID = copied?.fileId ?? '';
    expect((await app.downloadFile({ fileID })).fileContent?.toString()).toBe('hello');
  });
});
