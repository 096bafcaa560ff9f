import * as v from 'valibot';
import { bytes, characters, filled, link, object, openid, wholeNumber } from '../wechat/rules.ts';
import { KEPT_SCAN_DAYS } from './scan-document.ts';

/** https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode.html */
const MAX_SCENE_CHARS = 64;
const MAX_SCENE_ID = 2 ** 32 - 1;
const MAX_PERMANENT_SCENE_ID = 100_000;
const MAX_DAYS = 30;
/** https://developers.weixin.qq.com/doc/service/api/qrcode/shorten/api_genshortkey.html */
const MAX_SHORTENED_BYTES = 4_096;
const MAX_URL_BYTES = 1_024;
const MAX_NOTE_CHARS = 100;

const scene = v.union(
  [
    v.pipe(
      filled(),
      v.check(
        (text) => [...text].length <= MAX_SCENE_CHARS,
        `has more than ${MAX_SCENE_CHARS} characters`,
      ),
    ),
    wholeNumber(1, MAX_SCENE_ID),
  ],
  `must be a text of 1 to ${MAX_SCENE_CHARS} characters, or a whole number from 1 to ${MAX_SCENE_ID}`,
);

const newQrcode = v.pipe(
  object({
    scene,
    permanent: v.optional(v.boolean('must be true or false'), false),
    days: v.optional(wholeNumber(1, MAX_DAYS), MAX_DAYS),
    note: v.optional(v.pipe(characters(MAX_NOTE_CHARS), v.nonEmpty('is empty'))),
  }),
  v.check(
    ({ scene: one, permanent }) =>
      !permanent || typeof one === 'string' || one <= MAX_PERMANENT_SCENE_ID,
    `has a scene above ${MAX_PERMANENT_SCENE_ID}, which no permanent code can have; give it as a text`,
  ),
);
export type NewQrcode = v.InferOutput<typeof newQrcode>;

const data = v.pipe(
  v.record(
    v.string(),
    object({ value: v.string('must be a text') }),
    'must be an object, such as {"thing1": {"value": "…"}}',
  ),
  v.check((fields) => Object.keys(fields).length > 0, 'is empty'),
);
const message = {
  touser: openid(),
  template_id: filled(),
  miniprogram: v.exactOptional(object({ appid: filled(), pagepath: v.exactOptional(filled()) })),
  data,
};
const agent = v.pipe(
  v.string('must be a text'),
  v.regex(/^\w{1,10}@[\w-]+$/, 'must be an account such as support@gh_name'),
);

export const requests = {
  createQrcode: newQrcode,
  listQrcodes: v.optional(object({ limit: v.optional(wholeNumber(1, 1_000), 100) }), {}),
  qrcodeDays: v.optional(object({ days: v.optional(wholeNumber(1, KEPT_SCAN_DAYS), 7) }), {}),
  sendTemplate: object({
    ...message,
    url: v.exactOptional(link(MAX_URL_BYTES)),
    client_msg_id: v.exactOptional(filled()),
  }),
  sendSubscribe: object({ ...message, page: v.exactOptional(link(MAX_URL_BYTES)) }),
  shorten: object({
    text: bytes(MAX_SHORTENED_BYTES),
    days: v.optional(wholeNumber(1, MAX_DAYS), MAX_DAYS),
  }),
  addAgent: object({
    agent,
    nickname: v.pipe(characters(16), v.nonEmpty('is empty')),
    invite: v.optional(filled()),
  }),
  byAgent: object({ agent }),
};

export type TemplateNotice = v.InferOutput<typeof requests.sendTemplate>;
export type SubscribeNotice = v.InferOutput<typeof requests.sendSubscribe>;
export type ToShorten = v.InferOutput<typeof requests.shorten>;
export type NewAgent = v.InferOutput<typeof requests.addAgent>;
