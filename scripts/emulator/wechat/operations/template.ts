import { ApiError } from '../errors/errors.ts';
import { type JsonObject, jsonOf, textIn } from '../http/call.ts';
import { PageAnswer } from '../http/page-answer.ts';
import { industries } from '../rules/industries.ts';
import { followerOf, knownOpenid } from '../rules/recipient.ts';
import { writeTemplate } from '../rules/template-library.ts';
import { fillTemplate } from '../rules/template-values.ts';
import { MAX_TEMPLATES } from '../state/templates.ts';
import { done, type OperationsOf } from './operation.ts';

const MAX_URL_BYTES = 1_024;
const MAX_BLOCKED = 100;
const MAX_ONCE_TITLE_CHARS = 15;
const MAX_ONCE_VALUE_CHARS = 200;
const MAX_SCENE = 10_000;

export const template: OperationsOf<'template'> = {
  send(world, call) {
    const body = jsonOf(call);
    const openid = textIn(body, 'touser');
    const { isBlacklisted } = followerOf(world, openid);
    if (isBlacklisted) throw new ApiError(43019);
    const template = world.templates.find(textIn(body, 'template_id'));
    if (!template) throw new ApiError(40037);
    checkLink(body);
    const { templateId, title, content } = template;
    const isChecked = !world.switches.testAccount;
    const text = fillTemplate(content, body.data, { isChecked });

    const clientMsgId = textIn(body, 'client_msg_id');
    const before = clientMsgId === '' ? undefined : world.notices.repeated(openid, clientMsgId);
    if (before) return { ...done, msgid: before.msgid };
    const kind = 'template';
    const notice = world.notices.add({
      kind,
      openid,
      templateId,
      title,
      text,
      ...(clientMsgId === '' ? {} : { clientMsgId }),
    });
    if (!world.followers.record(openid)?.refusesMessages) {
      world.sent.add({ openid, kind, message: body, text: `${title}\n${text}` });
    }
    return { ...done, msgid: notice.msgid };
  },

  sendOnce(world, call) {
    const body = jsonOf(call);
    const openid = textIn(body, 'touser');
    knownOpenid(world, openid);
    checkLink(body);
    const title = textIn(body, 'title');
    if (title === '' || [...title].length > MAX_ONCE_TITLE_CHARS) {
      throw new ApiError(47003, 'argument invalid! title invalid');
    }
    const value = textIn(Object(Object(body.data ?? {}).content ?? {}), 'value');
    if (value === '' || [...value].length > MAX_ONCE_VALUE_CHARS) {
      throw new ApiError(47003, 'argument invalid! data.content.value invalid');
    }
    const consent = onceKey(textIn(body, 'template_id'), String(body.scene));
    if (!world.subscriptions.take(openid, consent)) throw new ApiError(43101);
    world.sent.add({ openid, kind: 'once', message: body, text: `${title}\n${value}` });
    return done;
  },

  /** The page on which a visitor agrees to one message; here everybody does, at once. */
  authorizeOnce(world, { query }) {
    const { action, appid, scene = '', template_id = '', redirect_url = '', reserved } = query;
    const isScene = /^\d+$/.test(scene) && Number(scene) <= MAX_SCENE;
    const isGood = action === 'get_confirm' && appid === world.account.appid && isScene;
    if (!isGood || template_id === '' || !URL.canParse(redirect_url)) {
      return new PageAnswer(200, { 'content-type': 'text/html; charset=utf-8' }, '参数错误');
    }
    const openid = world.userTokens.visitor().openid;
    if (!world.followers.record(openid)) world.followers.set(openid, {});
    world.subscriptions.allow(openid, onceKey(template_id, scene));
    const target = new URL(redirect_url);
    const answer = { openid, template_id, action: 'confirm', scene, ...(reserved && { reserved }) };
    for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
    return new PageAnswer(302, { location: target.href }, '');
  },

  setIndustry({ templates }, call) {
    const body = jsonOf(call);
    const [first, second] = [String(body.industry_id1), String(body.industry_id2)];
    if (!industries[first] || !industries[second]) throw new ApiError(40097);
    if (!templates.setIndustries(first, second)) throw new ApiError(43100);
    return done;
  },

  getIndustry({ templates }) {
    const none = { first_class: '', second_class: '' };
    const [primary = none, secondary = none] = templates.industries();
    return { primary_industry: primary, secondary_industry: secondary };
  },

  add({ templates }, call) {
    const body = jsonOf(call);
    const shortId = textIn(body, 'template_id_short');
    const source = Object.hasOwn(templates.library, shortId)
      ? templates.library[shortId]
      : undefined;
    if (!source) throw new ApiError(40037);
    const { keyword_name_list: names = source.keywords.map(({ name }) => name) } = body;
    const keywords = source.keywords.filter(
      ({ name }) => Array.isArray(names) && names.includes(name),
    );
    if (keywords.length === 0 || keywords.length !== (names as unknown[]).length) {
      throw new ApiError(40246);
    }
    if (templates.list().length >= MAX_TEMPLATES) throw new ApiError(45026);
    const { title } = source;
    const { templateId } = templates.add({ title, ...writeTemplate(keywords) });
    return { ...done, template_id: templateId };
  },

  list({ templates }) {
    const [primary, secondary] = templates.industries();
    return {
      template_list: templates.list().map(({ templateId, title, content, example }) => ({
        template_id: templateId,
        title,
        primary_industry: primary?.first_class ?? '',
        deputy_industry: secondary?.second_class ?? '',
        content,
        example,
      })),
    };
  },

  delete({ templates }, call) {
    const id = textIn(jsonOf(call), 'template_id');
    if (!templates.find(id)) throw new ApiError(40037);
    templates.delete(id);
    return done;
  },

  listBlocked({ notices }, call) {
    const body = jsonOf(call);
    const [largestId, limit] = [Number(body.largest_id ?? 0), Number(body.limit)];
    if (!(limit >= 1 && limit <= MAX_BLOCKED) || Number.isNaN(largestId)) throw new ApiError(40097);
    const templateMsgId = textIn(body, 'tmpl_msg_id');
    const blocked = notices
      .blocked()
      .filter(({ msgid, templateId }) => msgid > largestId && templateId === templateMsgId);
    return {
      ...done,
      msginfo: blocked.slice(0, limit).map(({ msgid, templateId, title, text, at, openid }) => ({
        id: msgid,
        tmpl_msg_id: templateId,
        title,
        content: text,
        send_timestamp: Math.floor(at / 1_000),
        openid,
      })),
    };
  },
};

function checkLink(body: JsonObject): void {
  if (Buffer.byteLength(textIn(body, 'url')) > MAX_URL_BYTES) throw new ApiError(40039);
  const { miniprogram } = body;
  if (miniprogram !== undefined && textIn(Object(miniprogram), 'appid') === '') {
    throw new ApiError(40013);
  }
}

function onceKey(templateId: string, scene: string): string {
  return `once ${templateId} ${scene}`;
}
