import { createHash } from 'node:crypto';
import type { Speed } from '../../../../shared/wechat/catalogue/mass-send.ts';
import { ApiError } from '../errors/errors.ts';
import { type JsonObject, jsonOf } from '../http/call.ts';
import { bytesOf, optionalText, requiredInteger, requiredText } from '../rules/fields.ts';
import { checkAudience, filterIn, openidsIn } from '../rules/mass-audience.ts';
import { branchIn, massArticlesIn, massMessageOf, massTypeIn } from '../rules/mass-content.ts';
import { secondsOf } from '../state/calendar.ts';
import { type MassAudience, type MassSend, SPEEDS } from '../state/mass-job.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

export const massSend: OperationsOf<'massSend'> = {
  sendAll(world, call) {
    const fields = jsonOf(call);
    return submit(world, fields, filterIn(fields));
  },

  send(world, call) {
    const fields = jsonOf(call);
    return submit(world, fields, openidsIn(fields));
  },

  preview(world, call) {
    const fields = jsonOf(call);
    const type = massTypeIn(fields);
    const branch = branchIn(fields, type);
    const { openid } = recipientOf(world, fields);
    const { msgId } = world.massSends.preview(massMessageOf(type, branch, world), openid);
    return { errcode: 0, errmsg: 'preview success', msg_id: msgId };
  },

  delete({ massSends }, call) {
    const fields = jsonOf(call);
    const job = namedJob(massSends, fields);
    const index = fields.article_idx === undefined ? 0 : requiredInteger(fields, 'article_idx');
    if (job.status === 'SENDING') throw new ApiError(40065);
    if (!['mpnews', 'mpvideo'].includes(job.msgtype)) throw new ApiError(9500001);
    if (index < 0 || index > job.articles.length) throw new ApiError(40060);
    massSends.delete(job, index === 0 ? undefined : index - 1);
    return done;
  },

  getStatus({ massSends }, call) {
    const { msg_id = '' } = jsonOf(call);
    if (typeof msg_id !== 'string' && typeof msg_id !== 'number') throw new ApiError(47001);
    const job = massSends.find(String(msg_id));
    if (!job) throw new ApiError(40059);
    return { msg_id: job.msgId, msg_status: job.status };
  },

  getSpeed({ massSends }) {
    const speed = massSends.speed();
    return { speed, realspeed: SPEEDS[speed] };
  },

  setSpeed({ massSends }, call) {
    const fields = jsonOf(call);
    if (fields.speed === undefined) throw new ApiError(45084);
    const speed = requiredInteger(fields, 'speed');
    if (!isSpeed(speed)) throw new ApiError(45083);
    massSends.setSpeed(speed);
    return done;
  },

  uploadVideo(world, call) {
    const fields = jsonOf(call);
    const mediaId = requiredText(fields, 'media_id', 41006);
    const title = requiredText(fields, 'title', 41011);
    const source = world.media.find(mediaId) ?? world.materials.find(mediaId);
    const bytes = world.files.get(mediaId);
    if (source?.type !== 'video' || !bytes) throw new ApiError(40007);
    const file = { fileName: title, format: 'mp4', bytes } as const;
    const prepared = world.media.add('video', file, 'massVideo');
    const created_at = secondsOf(prepared.createdAt);
    return { type: 'video', media_id: prepared.mediaId, created_at };
  },

  uploadArticles(world, call) {
    const { articles } = jsonOf(call);
    const record = world.media.addNews(massArticlesIn(articles, world));
    const created_at = secondsOf(record.createdAt);
    return { type: 'news', media_id: record.mediaId, created_at };
  },
};

/** A repeat is recognised before anything it names is looked for: its draft is gone by then. */
async function submit(world: World, fields: JsonObject, audience: MassAudience) {
  const { massSends, switches } = world;
  const type = massTypeIn(fields);
  const branch = branchIn(fields, type);
  const clientMsgId = optionalText(fields, 'clientmsgid');
  if (bytesOf(clientMsgId) > switches.clientMsgIdMaxBytes) throw new ApiError(45067);
  const key = clientMsgId || digestOf(audience, branch);
  const earlier = massSends.keys.jobOf(key);
  if (earlier !== undefined) throw new ApiError(45065, undefined, { msg_id: earlier });
  checkAudience(audience, world);
  const message = massMessageOf(type, branch, world);

  if (massSends.keys.isTooSoon(key)) throw new ApiError(45066);
  massSends.keys.note(key);
  if (audience.kind === 'all' && !massSends.ledger.maySendToAll()) throw new ApiError(45028);
  if (type === 'mpnews') world.drafts.delete(requiredText(branch, 'media_id', 41006));
  const { msgId, msgDataId } = await massSends.accept(message, audience);
  massSends.keys.note(key, msgId);
  return {
    errcode: 0,
    errmsg: 'send job submission success',
    msg_id: msgId,
    ...(msgDataId === null ? {} : { msg_data_id: msgDataId }),
  };
}

function digestOf(...parts: readonly object[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A WeChat id wins over an openid. @throws ApiError 41009, 40132, 40003, 43004 */
function recipientOf({ followers }: World, fields: JsonObject) {
  const name = optionalText(fields, 'towxname');
  const follower = name
    ? followers.findByWechatId(name)
    : followers.find(requiredText(fields, 'touser', 41009));
  if (!follower) throw new ApiError(name ? 40132 : 40003);
  if (!follower.isFollowing) throw new ApiError(43004);
  return follower;
}

function namedJob(massSends: World['massSends'], fields: JsonObject): MassSend {
  const job =
    fields.msg_id === undefined
      ? massSends.findByUrl(optionalText(fields, 'url'))
      : massSends.find(String(requiredInteger(fields, 'msg_id')));
  if (!job) throw new ApiError(40059);
  return job;
}

function isSpeed(speed: number): speed is Speed {
  return speed in SPEEDS;
}
