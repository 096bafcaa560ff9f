import { ApiError } from '../errors/errors.ts';
import { type Call, type JsonObject, jsonOf, textIn } from '../http/call.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

const MAX_PAGE = 50;
const MAX_FEATURED = 100;
const MAX_REPLY_CHARS = 600;
const FEATURED_ONLY = 2;
const ORDINARY_ONLY = 1;

export const comment: OperationsOf<'comment'> = {
  open: (world, call) => setOpen(world, call, true),
  close: (world, call) => setOpen(world, call, false),

  list(world, call) {
    const body = jsonOf(call);
    const { article } = articleOf(world, body);
    const [begin, count, type] = [Number(body.begin), Number(body.count), Number(body.type)];
    if (!(count > 0 && count <= MAX_PAGE)) throw new ApiError(88010);
    if (!(begin >= 0)) throw new ApiError(40097);
    const chosen = article.comments.filter(
      ({ isFeatured }) =>
        (type !== ORDINARY_ONLY || !isFeatured) && (type !== FEATURED_ONLY || isFeatured),
    );
    return {
      ...done,
      total: chosen.length,
      comment: chosen.slice(begin, begin + count).map((each) => ({
        user_comment_id: each.id,
        openid: each.openid,
        create_time: each.createdAt,
        content: each.content,
        comment_type: each.isFeatured ? 1 : 0,
        ...(each.reply ? { reply: each.reply } : {}),
      })),
    };
  },

  feature(world, call) {
    const { article, comment } = commentOf(world, jsonOf(call));
    const featured = article.comments.filter((each) => each.isFeatured).length;
    if (!comment.isFeatured && featured >= MAX_FEATURED) throw new ApiError(88003);
    world.comments.setFeatured(comment, true);
    return done;
  },

  unfeature(world, call) {
    world.comments.setFeatured(commentOf(world, jsonOf(call)).comment, false);
    return done;
  },

  delete(world, call) {
    const { article, comment } = commentOf(world, jsonOf(call));
    world.comments.delete(article, comment);
    return done;
  },

  reply(world, call) {
    const body = jsonOf(call);
    const { comment } = commentOf(world, body);
    const content = textIn(body, 'content');
    if (content === '' || [...content].length > MAX_REPLY_CHARS) throw new ApiError(88007);
    if (comment.reply) throw new ApiError(88005);
    world.comments.setReply(comment, content);
    return done;
  },

  deleteReply(world, call) {
    const { comment } = commentOf(world, jsonOf(call));
    if (!comment.reply) throw new ApiError(88009);
    world.comments.setReply(comment, undefined);
    return done;
  },
};

function setOpen(world: World, call: Call, isOpen: boolean) {
  const { msgDataId, index } = articleOf(world, jsonOf(call));
  world.comments.setOpen(msgDataId, index, isOpen);
  return done;
}

/** @throws ApiError 88001 */
function articleOf({ comments }: World, body: JsonObject) {
  const msgDataId = String(body.msg_data_id);
  const index = Number(body.index ?? 0);
  const article = comments.find(msgDataId, index);
  if (!article) throw new ApiError(88001);
  return { msgDataId, index, article };
}

/** @throws ApiError 88001, 88008 */
function commentOf(world: World, body: JsonObject) {
  const { article } = articleOf(world, body);
  const comment = article.comments.find(({ id }) => id === Number(body.user_comment_id));
  if (!comment) throw new ApiError(88008);
  return { article, comment };
}
