import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { actions as massSendActions } from '../../../functions/mass-send/index.ts';
import { actions as materialActions } from '../../../functions/material/index.ts';
import { followerJobs } from '../../../shared/app/followers.ts';
import { massSendsOf } from '../../../shared/app/mass-send.ts';
import { finishLogin, loginUrl, readLoginCode } from '../../../shared/index.ts';
import { createDrafts } from '../../../shared/material/drafts.ts';
import { createFileLoader } from '../../../shared/material/file-source.ts';
import { createMaterials } from '../../../shared/material/materials.ts';
import { createMedia } from '../../../shared/material/media.ts';
import { createMaterialNames } from '../../../shared/material/names.ts';
import { createPublishing } from '../../../shared/material/publishing.ts';
import { createReturnFile } from '../../../shared/material/return-file.ts';
import { inBase64, jpg } from '../../../shared/material/samples.test-data.ts';
import { createUploads } from '../../../shared/material/uploads.ts';
import { invokable } from '../../../shared/scf/invoke.ts';
import type { Switches } from '../../emulator/wechat/options.ts';
import { createAccountFixture } from '../account-fixture.ts';
import { testAccount } from '../test-account.ts';

/** Files as people have given them to the functions, beside this test. */
const bytesOf = (name: string) => readFileSync(path.join(import.meta.dirname, name));
const jsonOf = (name: string) => JSON.parse(bytesOf(name).toString('utf8'));

const limits = {
  perDay: 4,
  perMonth: 4,
  gapMinutes: 60,
  callsPerDay: 100,
  quietHours: undefined,
};

/** The functions of an account at the emulated WeChat. */
async function setUp(switches: Partial<Switches> = {}) {
  const fixture = await createAccountFixture({ switches });
  const { api, clock, log } = fixture;
  const closed = () => Promise.reject(new Error('This test reaches for no other file.'));
  const files = { read: () => closed() as never, write: closed };
  const prepare = createUploads(createFileLoader({ fetchWebFile: closed, files }));
  const returnFile = createReturnFile(files);
  const material = invokable(materialActions, () => ({
    clock,
    log,
    media: createMedia({ api, prepare, returnFile }),
    materials: createMaterials({ api, names: createMaterialNames(fixture), prepare, returnFile }),
    drafts: createDrafts(api),
    publishing: createPublishing(api),
    showPicture: closed,
  }));
  const massSend = invokable(massSendActions, () => ({
    clock,
    log,
    massSends: massSendsOf({ ...fixture, book: fixture.followers.book, limits }),
  }));
  return {
    ...fixture,
    material: (action: string, payload: unknown) =>
      material({ action, payload } as never, { request_id: 'r' }),
    massSend: (action: string, payload: unknown) =>
      massSend({ action, payload } as never, { request_id: 'r' }),
  };
}

const refused = (words: string) => ({
  ok: false,
  error: { message: expect.stringContaining(words) },
});

describe('what people gave, and what they are told', () => {
  test('cover.webp: a picture of a browser is named, beside what WeChat takes', async () => {
    const { material } = await setUp();
    const file = inBase64(bytesOf('cover.webp'), 'cover.webp');

    expect(await material('add', { type: 'image', file })).toMatchObject(
      refused('file is WEBP, WeChat takes BMP, PNG, JPG, GIF'),
    );
  });

  test('mass-send-no-audience.json: a missing audience is told with those there are', async () => {
    const { massSend } = await setUp();

    expect(await massSend('submit', jsonOf('mass-send-no-audience.json'))).toMatchObject(
      refused('audience is missing; it must be one of {"all": true}, {"tagId": …}, '),
    );
  });

  test('mass-send-unknown-draft.json: a draft that is not there refuses the plan', async () => {
    const account = await setUp();
    const { massSend, control, followers, shift, clock } = account;
    const submission = jsonOf('mass-send-unknown-draft.json');
    for (const openid of submission.audience.openids)
      await control('PUT', `followers/${openid}`, { isFollowing: true });
    await followers.syncs.start();
    await shift(followerJobs(account));
    await clock.advance(Date.parse('2026-11-29T10:00:00+08:00') - clock.now());

    for (const dryRun of [true, false]) {
      expect(await massSend('submit', { ...submission, dryRun })).toMatchObject({
        ok: false,
        error: { details: { errcode: 40007 } },
      });
    }
  });

  test.each([
    [32, { ok: false, error: { details: { errcode: 45003 } } }],
    [64, { ok: true, data: { warnings: [expect.stringContaining('title has 40 characters')] } }],
  ])('draft-title-40.json: WeChat decides on a title of 40, at %i', async (limit, outcome) => {
    const { material, api } = await setUp({ articleTitleMaxChars: limit });
    const media = { fileName: 'a.jpg', contentType: 'image/jpeg', data: jpg() };
    const { media_id } = await api.material.add({ type: 'image', media });
    const text = bytesOf('draft-title-40.json').toString('utf8').replace('<MEDIA_ID>', media_id);

    expect(await material('addDraft', JSON.parse(text))).toMatchObject(outcome);
  });

  test('web-login.ts: a login is completed with what shared/index.ts exports', async () => {
    const { api, wechat, control } = await setUp();
    const { appid, secret: appsecret } = testAccount;
    await control('PUT', 'visitor', { openid: 'oVisitor' });
    const redirectUri = 'https://shop.example/back';
    const page = loginUrl({ appid, redirectUri, scope: 'snsapi_base', state: 'S1' });
    const back = (await wechat.fetch(page)).headers.get('location') ?? '';
    const code = readLoginCode(Object.fromEntries(new URL(back).searchParams), 'S1');

    expect(await finishLogin(api, { appid, appsecret }, code)).toMatchObject({
      openid: 'oVisitor',
    });
    await expect(finishLogin(api, { appid, appsecret }, code)).rejects.toMatchObject({
      class: 'oauth',
      errcode: 40163,
    });
  });

  test('a cover from temporary media: WeChat wants permanent material', async () => {
    const { material } = await setUp();
    const file = inBase64(jpg());
    const uploaded = await material('uploadMedia', { type: 'image', file });
    if (!uploaded.ok) throw new Error(uploaded.error.message);
    const { media_id: thumb_media_id } = uploaded.data as { media_id: string };
    const articles = [{ title: '标题', content: '<p>正文</p>', thumb_media_id }];

    expect(await material('addDraft', { articles })).toMatchObject(
      refused(
        'A thumb_media_id of an article, like every id in an article or a menu, must be of permanent',
      ),
    );
  });
});
