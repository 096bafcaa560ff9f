import { maybeNumber, maybeText, number, type Shape, text } from './shape.ts';

/** Every ordinary message has an id; one that was sent from an article names the article too. */
export const ordinaryCommon = {
  /** 64 bits, hence text. The same in every repeat of a push. */
  msgId: maybeText('MsgId'),
  msgDataId: maybeText('MsgDataId'),
  articleIndex: maybeNumber('Idx'),
} satisfies Shape;

/**
 * What a follower can send, by `MsgType`.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
 */
export const ordinaryMessages = {
  text: {
    content: text('Content'),
    /** Set when the text is a tap on an item of a `msgmenu` message. */
    menuItemId: maybeText('bizmsgmenuid'),
  },
  image: {
    picUrl: maybeText('PicUrl'),
    mediaId: text('MediaId'),
  },
  voice: {
    mediaId: text('MediaId'),
    /** amr or speex. */
    format: maybeText('Format'),
    mediaId16K: maybeText('MediaId16K'),
    /** What was said, where WeChat still recognises speech. */
    recognition: maybeText('Recognition'),
  },
  video: {
    mediaId: text('MediaId'),
    thumbMediaId: maybeText('ThumbMediaId'),
  },
  shortvideo: {
    mediaId: text('MediaId'),
    thumbMediaId: maybeText('ThumbMediaId'),
  },
  location: {
    latitude: number('Location_X'),
    longitude: number('Location_Y'),
    scale: maybeNumber('Scale'),
    label: maybeText('Label'),
  },
  link: {
    title: maybeText('Title'),
    description: maybeText('Description'),
    url: text('Url'),
  },
  /** Seen in traffic, not in the documentation. */
  file: {
    title: maybeText('Title'),
    description: maybeText('Description'),
    fileKey: maybeText('FileKey'),
    fileMd5: maybeText('FileMd5'),
    fileBytes: maybeNumber('FileTotalLen'),
  },
} satisfies Record<string, Shape>;
