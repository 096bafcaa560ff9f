import type { Hono, HonoRequest } from 'hono';
import * as v from 'valibot';
import type { AutoReplyResponse } from '../../../../shared/wechat/catalogue/auto-reply.ts';
import type { CurrentButton } from '../../../../shared/wechat/catalogue/menu.ts';
import { ApiError } from '../errors/errors.ts';
import { formatOf } from '../rules/file-format.ts';
import { massArticlesIn } from '../rules/mass-content.ts';
import { fileTypeOf, followerFormat } from '../rules/upload.ts';
import { type MassPreview, type MassSendSummary, summaryOf } from '../state/mass-job.ts';
import { outcomeSchema } from '../state/outcomes.ts';
import type { World } from '../world.ts';
import { BadRequest, read } from './body.ts';

const open = v.picklist([0, 1]);
const schemas = {
  news: v.strictObject({ articles: v.array(v.looseObject({})) }),
  consoleMenu: v.strictObject({ button: v.nullable(v.array(v.looseObject({ name: v.string() }))) }),
  autoReply: v.looseObject({ is_add_friend_reply_open: open, is_autoreply_open: open }),
};

/** All mass sends: without who got them, who may be a million. */
export interface MassSendsAnswer {
  readonly jobs: readonly MassSendSummary[];
  readonly previews: readonly MassPreview[];
  /** What may still go to all in this month. */
  readonly allowance: { readonly month: string; readonly toAll: number };
}

/** The file that a request brings, with its type and name in the query. */
async function fileIn(request: HonoRequest) {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const format = formatOf(bytes);
  const fileName = request.query('fileName') ?? '';
  return {
    type: fileTypeOf(request.query('type')),
    file: { fileName, bytes, ...(format ? { format } : {}) },
  };
}

/** What a tester may see and set of menus, media, articles and mass sends. */
export function addContentControls(app: Hono, world: World): void {
  const { media, materials, menus, autoReplies, publications, massSends, outcomes } = world;

  app.get('/media', (context) =>
    context.json({
      temporary: media.list(),
      material: [
        ...materials.list('image'),
        ...materials.list('voice'),
        ...materials.list('video'),
        ...materials.list('news'),
      ],
    }),
  );
  app.post('/media', async (context) => {
    const { type, file } = await fileIn(context.req);
    followerFormat(type, file.bytes);
    return context.json({ media_id: media.add(type, file, 'follower').mediaId });
  });
  /** Material under an id of the caller's choice, which examples can name. */
  app.post('/material', async (context) => {
    const { type, file } = await fileIn(context.req);
    const mediaId = context.req.query('mediaId');
    if (mediaId !== undefined && materials.find(mediaId)) {
      throw new BadRequest('There is material with this id already.');
    }
    if (!file.format) throw new BadRequest('It is no file of a kind that WeChat knows.');
    const { format, ...rest } = file;
    const added = materials.add(type, { ...rest, format }, undefined, mediaId);
    return context.json({ media_id: added.mediaId });
  });
  app.post('/material/news', async (context) => {
    const { articles } = await read(context.req.raw, schemas.news);
    return context.json({
      media_id: materials.addNews(massArticlesIn(articles, world)).mediaId,
    });
  });

  app.get('/menu', (context) => {
    const openid = context.req.query('openid');
    if (openid === undefined) return context.json(menus.get());
    const follower = world.followers.find(openid);
    if (!follower) throw new ApiError(65302);
    return context.json({ menu: menus.menuFor(follower) });
  });
  app.put('/menu', async (context) => {
    const { button } = await read(context.req.raw, schemas.consoleMenu);
    // The console has types of its own; whoever plays it knows what it would write.
    menus.setConsole(button as readonly CurrentButton[] | null);
    return context.json(menus.get());
  });
  app.put('/auto-reply', async (context) => {
    const rules = await read(context.req.raw, schemas.autoReply);
    autoReplies.set(rules as AutoReplyResponse);
    return context.json(rules);
  });

  app.get('/publications', (context) => context.json(publications.list()));
  app.get('/mass-sends', (context) =>
    context.json({
      jobs: massSends.list().map(summaryOf),
      previews: massSends.listPreviews(),
      allowance: massSends.ledger.allowance(),
    } satisfies MassSendsAnswer),
  );
  app.get('/mass-sends/:msgId', (context) => {
    const job = massSends.find(context.req.param('msgId'));
    if (!job) throw new BadRequest('There is no mass send of this id.');
    return context.json(job);
  });
  app.get('/outcomes', (context) => context.json(outcomes.list()));
  app.post('/outcomes', async (context) => {
    outcomes.add(await read(context.req.raw, outcomeSchema));
    return context.json(outcomes.list());
  });
  app.get('/events', (context) => context.json(world.announcements.list()));
}
