/** A push is a few hundred bytes; an article event with its lists is a few thousand. */
export const MAX_PUSH_BYTES = 256 * 1024;

/** The deepest event of WeChat has five levels (PublishEventInfo › article_detail › item › …). */
export const MAX_PUSH_DEPTH = 16;

/** The largest event of WeChat, a broadcast of eight articles with its results, has a hundred. */
export const MAX_PUSH_ELEMENTS = 2_000;

/** Elements of one name side by side; WeChat's longest list has some dozens. */
export const MAX_PUSH_LIST = 500;

/** Characters from `<` to `>`: a name, and in samples of old an attribute. */
export const MAX_PUSH_TAG = 256;

/** Passive and customer-service text. https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html */
export const MAX_TEXT_BYTES = 2048;

/** Articles in a passive reply to a menu click, a scan or another event. */
export const MAX_ARTICLES_TO_EVENT = 8;

/** Articles in a passive reply to an ordinary message, since 2018-10-12. */
export const MAX_ARTICLES_TO_MESSAGE = 1;
