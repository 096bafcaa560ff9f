import * as v from 'valibot';
import type { MassContent, MassPreviewRequest } from '../wechat/catalogue/mass-send.ts';
import { MAX_TEXT_BYTES } from '../wechat/limits.ts';
import { bytes, characters, filled, list, mediaId, object } from '../wechat/rules.ts';

const MAX_PICTURES = 20;
const MAX_TITLE = 64;
const MAX_DESCRIPTION = 120;

const flag = v.exactOptional(v.picklist([0, 1], 'must be 0 or 1'));
const media = object({ media_id: mediaId() });

/** The forms of a message by WeChat's `msgtype`; each has its content in a field of its own. */
const shapes = {
  text: object({
    msgtype: v.literal('text'),
    text: object({ content: bytes(MAX_TEXT_BYTES) }),
  }),
  mpnews: object({ msgtype: v.literal('mpnews'), mpnews: media }),
  voice: object({ msgtype: v.literal('voice'), voice: media }),
  image: object({
    msgtype: v.literal('image'),
    images: object({
      media_ids: list(mediaId(), 1, MAX_PICTURES),
      recommend: v.exactOptional(characters(MAX_DESCRIPTION)),
      title: v.exactOptional(characters(MAX_TITLE)),
      need_open_comment: flag,
      only_fans_can_comment: flag,
    }),
  }),
  mpvideo: object({
    msgtype: v.literal('mpvideo'),
    mpvideo: object({
      media_id: mediaId(),
      title: v.exactOptional(characters(MAX_TITLE)),
      description: v.exactOptional(characters(MAX_DESCRIPTION)),
    }),
  }),
  wxcard: object({ msgtype: v.literal('wxcard'), wxcard: object({ card_id: filled() }) }),
} as const;
export type MsgType = keyof typeof shapes;
const types = Object.keys(shapes) as MsgType[];

const forms = `msgtype of ${types.join(', ')}: {"msgtype": "text", "text": {"content": "…"}}`;
const noType = v.custom<MassContent>(() => false, `must have a ${forms}`);

/** A message in WeChat's words, so that examples from its documentation can be pasted. */
export const contentSchema = v.lazy((input) => {
  const type = (Object(input) as { msgtype?: unknown }).msgtype;
  const isKnown = typeof type === 'string' && Object.hasOwn(shapes, type);
  return isKnown ? shapes[type as MsgType] : noType;
}) as v.GenericSchema<MassContent>;

/** The content for a preview, where WeChat keeps an older form: one picture. */
export function previewOf(
  content: MassContent,
  to: { readonly touser: string } | { readonly towxname: string },
): MassPreviewRequest {
  if (content.msgtype !== 'image') return { ...content, ...to };
  const [media_id = ''] = content.images.media_ids;
  return { msgtype: 'image', image: { media_id }, ...to };
}
