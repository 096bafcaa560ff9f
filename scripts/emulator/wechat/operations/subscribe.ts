import { ApiError } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import { followerOf } from '../rules/recipient.ts';
import { categories, type Keyword, writeTemplate } from '../rules/template-library.ts';
import { fillTemplate } from '../rules/template-values.ts';
import { MAX_TEMPLATES, type Templates } from '../state/templates.ts';
import { done, type OperationsOf } from './operation.ts';

const MAX_SCENE_DESC_CHARS = 15;
const MIN_KEYWORDS = 2;
const MAX_KEYWORDS = 5;
const MAX_PAGE = 30;

export const subscribe: OperationsOf<'subscribe'> = {
  /** `miniprogram_state` and `lang`, which one page of the documents names, are not looked at. */
  send(world, call) {
    const body = jsonOf(call);
    const openid = textIn(body, 'touser');
    const { refusesMessages = false } = followerOf(world, openid);
    const template = world.templates.findSubscribe(textIn(body, 'template_id'));
    if (!template) throw new ApiError(40037);
    const page = textIn(body, 'page');
    if (page !== '' && !URL.canParse(page)) throw new ApiError(41030);
    const { templateId, title, content } = template;
    const isChecked = !world.switches.testAccount;
    const text = fillTemplate(content, body.data, { isChecked });
    if (!world.subscriptions.take(openid, templateId)) throw new ApiError(43101);
    world.notices.add({ kind: 'subscribe', openid, templateId, title, text });
    if (!refusesMessages) {
      world.sent.add({ openid, kind: 'subscribe', message: body, text: `${title}\n${text}` });
    }
    return done;
  },

  addTemplate({ templates }, call) {
    const body = jsonOf(call);
    const { tid, kidList } = body;
    const source = inLibrary(templates, String(tid));
    if (!source) throw new ApiError(200014);
    const kids: readonly unknown[] = Array.isArray(kidList) ? kidList : [];
    const keywords = kids.map((kid) => source.keywords[Number(kid) - 1]).filter(isKeyword);
    const isCountGood = kids.length >= MIN_KEYWORDS && kids.length <= MAX_KEYWORDS;
    if (!isCountGood || keywords.length !== kids.length) throw new ApiError(200020);
    if ([...textIn(body, 'sceneDesc')].length > MAX_SCENE_DESC_CHARS) throw new ApiError(200021);
    if (templates.listSubscribe().length >= MAX_TEMPLATES) throw new ApiError(200012);
    const { title, type } = source;
    const { templateId } = templates.addSubscribe({ title, type, ...writeTemplate(keywords) });
    return { ...done, priTmplId: templateId };
  },

  deleteTemplate({ templates }, call) {
    const id = textIn(jsonOf(call), 'priTmplId');
    if (!templates.findSubscribe(id)) throw new ApiError(40037);
    templates.deleteSubscribe(id);
    return done;
  },

  listTemplates: ({ templates }) => ({
    ...done,
    data: templates.listSubscribe().map(({ templateId, title, content, example, type }) => ({
      priTmplId: templateId,
      title,
      content,
      example,
      type,
    })),
  }),

  listCategories: () => ({
    ...done,
    data: categories,
  }),

  listPublicTemplates({ templates }, { query }) {
    const { ids = '', start = '', limit = '' } = query;
    if (ids === '') throw new ApiError(200018);
    const wanted = ids.split(',');
    if (!wanted.every((id) => /^\d+$/.test(id))) throw new ApiError(200019);
    if (!/^\d+$/.test(start)) throw new ApiError(200016);
    if (!/^\d+$/.test(limit) || Number(limit) > MAX_PAGE) throw new ApiError(200017);
    const found = Object.entries(templates.subscribeLibrary).filter(([, { categoryId }]) =>
      wanted.includes(categoryId),
    );
    return {
      ...done,
      count: found.length,
      data: found
        .slice(Number(start), Number(start) + Number(limit))
        .map(([tid, { title, type, categoryId }]) => ({
          tid: Number(tid),
          title,
          type,
          categoryId,
        })),
    };
  },

  listPublicKeywords({ templates }, { query }) {
    const source = inLibrary(templates, query.tid ?? '');
    if (!source) throw new ApiError(200014);
    return {
      ...done,
      data: source.keywords.map(({ name, key, example }, index) => ({
        kid: index + 1,
        name,
        example,
        rule: key.replace(/\d+$/, ''),
      })),
    };
  },
};

function inLibrary({ subscribeLibrary }: Templates, tid: string) {
  return Object.hasOwn(subscribeLibrary, tid) ? subscribeLibrary[tid] : undefined;
}

function isKeyword(keyword: Keyword | undefined): keyword is Keyword {
  return keyword !== undefined;
}
