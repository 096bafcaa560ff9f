import { ApiError } from '../errors/errors.ts';
import type { Call, JsonObject } from '../http/call.ts';
import { jsonOf } from '../http/call.ts';
import { flag, optionalText, pageIn, requiredInteger } from '../rules/fields.ts';
import { secondsOf } from '../state/calendar.ts';
import type { Publication } from '../state/publications.ts';
import type { World } from '../world.ts';
import { draftOf, wireArticle } from './draft.ts';
import { done, type OperationsOf } from './operation.ts';

export const publish: OperationsOf<'publish'> = {
  submit(world, call) {
    const draft = draftOf(world, jsonOf(call));
    if (world.publications.isInProgress(draft.mediaId)) throw new ApiError(53503);
    const { publishId } = world.publications.submit(draft);
    return { ...done, publish_id: String(publishId), msg_data_id: publishId };
  },

  getStatus({ publications }, call) {
    const { publish_id } = jsonOf(call);
    if (typeof publish_id !== 'string' && typeof publish_id !== 'number') throw new ApiError(47001);
    const publication = publications.find(String(publish_id));
    if (!publication) throw new ApiError(40097);
    const { status, articleId, articles, failIdx } = publication;
    const item = articles.map(({ url }, at) => ({ idx: at + 1, article_url: url }));
    return {
      publish_id: String(publication.publishId),
      publish_status: status,
      ...(articleId === null ? {} : { article_id: articleId }),
      ...(status === 0 ? { article_detail: { count: item.length, item } } : {}),
      fail_idx: failIdx,
    };
  },

  delete({ publications }, call) {
    const fields = jsonOf(call);
    const publication = publicationOf(publications, fields);
    const index = fields.index === undefined ? 0 : requiredInteger(fields, 'index');
    if (index < 0 || index > publication.articles.length) throw new ApiError(40114);
    publications.deleteArticle(publication, index === 0 ? undefined : index - 1);
    return done;
  },

  getArticle: (world, call) =>
    contentOf(world, call, publicationOf(world.publications, jsonOf(call))),

  list(world, call) {
    const fields = jsonOf(call);
    const { offset, count } = pageIn(fields);
    const isShort = flag(fields, 'no_content') === 1;
    const all = world.publications.list().filter(({ status }) => status === 0);
    const item = all.slice(offset, offset + count).map((publication) => ({
      article_id: publication.articleId ?? '',
      content: contentOf(world, call, publication, isShort),
      update_time: secondsOf(publication.updatedAt),
    }));
    return { total_count: all.length, item_count: item.length, item };
  },
};

function publicationOf(publications: World['publications'], fields: JsonObject): Publication {
  const publication = publications.findArticle(optionalText(fields, 'article_id'));
  if (!publication) throw new ApiError(53600);
  return publication;
}

function contentOf(world: World, call: Call, publication: Publication, isShort = false) {
  return {
    news_item: publication.articles.map((article) => wireArticle(world, call, article, isShort)),
    create_time: secondsOf(publication.submittedAt),
    update_time: secondsOf(publication.updatedAt),
  };
}
