import { describe, expect, test } from '@jest/globals';
import { createAccountFixture } from '../../scripts/testing/account-fixture.ts';
import { createLog } from '../kernel/log.ts';
import type { Store } from '../store/store.ts';
import { createFileLoader } from './file-source.ts';
import { createMaterials } from './materials.ts';
import { materialNameCollection } from './name-document.ts';
import { createMaterialNames } from './names.ts';
import { createReturnFile } from './return-file.ts';
import { inBase64, mp4, png } from './samples.test-data.ts';
import { createUploads } from './uploads.ts';

const refuses = () => Promise.reject(new Error('The database does not answer.'));

/** The library of an account at the emulated WeChat, which takes file names in ASCII alone. */
async function open(changes: Partial<Store> = {}) {
  const { api, store, clock } = await createAccountFixture();
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now });
  const files = { read: () => refuses() as never, write: refuses };
  const materials = createMaterials({
    api,
    names: createMaterialNames({ store: { ...store, ...changes }, log }),
    prepare: createUploads(createFileLoader({ fetchWebFile: refuses, files })),
    returnFile: createReturnFile(files),
  });
  const namesOf = async (type: 'image' | 'video') =>
    (await materials.list({ type })).items.map(({ name }) => name);
  const kept = () => store.count(materialNameCollection, 'all');
  return { materials, namesOf, kept, lines };
}

describe('the name of a file', () => {
  test('is that of the operator, with the extension of what it is', async () => {
    const { materials, namesOf } = await open();

    await materials.add({ type: 'image', file: inBase64(png(), '海报（横版）.jpeg') });
    await materials.add({ type: 'image', file: inBase64(png(), 'poster.png') });

    expect(await namesOf('image')).toEqual(['poster.png', '海报（横版）.png']);
  });

  test('is kept where WeChat has another, until the file is deleted', async () => {
    const { materials, namesOf, kept } = await open();
    await materials.add({ type: 'image', file: inBase64(png(), 'poster.png') });
    expect(await kept()).toBe(0);
    const poster = await materials.add({ type: 'image', file: inBase64(png(), '海报.png') });
    expect(await kept()).toBe(1);

    await materials.delete(poster);

    expect(await kept()).toBe(0);
    expect(await namesOf('image')).toEqual(['poster.png']);
  });

  test('of a video is its title', async () => {
    const { materials, namesOf } = await open();
    const file = inBase64(mp4(), 'final-2.mp4');

    await materials.add({ type: 'video', file, title: '三分钟学会泡茶', introduction: '' });

    expect(await namesOf('video')).toEqual(['三分钟学会泡茶']);
  });

  test('is that of WeChat while the database does not answer, and nothing else fails', async () => {
    const { materials, namesOf, lines } = await open({
      ...{ create: refuses, query: refuses, remove: refuses },
    });

    const added = await materials.add({ type: 'image', file: inBase64(png(), '海报.png') });
    expect(await namesOf('image')).toEqual(['file.png']);
    await materials.delete(added);

    expect(await namesOf('image')).toEqual([]);
    for (const reason of ['keep', 'read', 'forget']) {
      expect(lines.join()).toMatch(new RegExp(`material name failed.*"${reason}"`));
    }
  });
});
