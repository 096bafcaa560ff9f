import { ApiError, type Errcode } from '../errors/errors.ts';
import { type JsonObject, textIn } from '../http/call.ts';
import type { World } from '../world.ts';

type Check = (branch: JsonObject, world: World) => void;

/** What the part of a custom message named after its type must hold. */
const checks: Readonly<Record<string, Check>> = {
  text(branch, { switches }) {
    const content = required(branch, 'content', 44004);
    if (Buffer.byteLength(content) > switches.customTextMaxBytes) throw new ApiError(45002);
  },
  image: requires({ media_id: 40007 }),
  voice: requires({ media_id: 40007 }),
  video: requires({ media_id: 40007, thumb_media_id: 40007 }),
  music: requires({ musicurl: 40097, hqmusicurl: 40097, thumb_media_id: 40007 }),
  news({ articles }) {
    if (!Array.isArray(articles) || articles.length === 0) throw new ApiError(44003);
    if (articles.length > 1) throw new ApiError(45008);
    required(Object(articles[0]), 'title', 45003);
  },
  mpnews: requires({ media_id: 40007 }),
  mpnewsarticle: requires({ article_id: 53600 }),
  msgmenu({ list }) {
    if (!Array.isArray(list) || list.length === 0) throw new ApiError(45098);
    for (const item of list) required(Object(item), 'content', 45099);
  },
  wxcard: requires({ card_id: 40097 }),
  miniprogrampage: requires({ appid: 40166, pagepath: 40165, thumb_media_id: 40007 }),
  /** Only mini programs may send it. */
  link() {
    throw new ApiError(45050);
  },
};

/** @throws ApiError 40008, 44004, 45002, 40007, 44003, 45008 … */
export function checkCustomMessage(body: JsonObject, world: World): void {
  const type = textIn(body, 'msgtype');
  const check = Object.hasOwn(checks, type) ? checks[type] : undefined;
  if (!check) throw new ApiError(40008);
  check(Object(body[type] ?? {}), world);
}

/** Its words as an agent's chat record has them. */
export function textOfCustomMessage(body: JsonObject): string {
  const type = textIn(body, 'msgtype');
  return type === 'text' ? textIn(Object(body.text), 'content') : `[${type}]`;
}

function requires(fields: Readonly<Record<string, Errcode>>): Check {
  return (branch, { media, materials }) => {
    for (const [name, errcode] of Object.entries(fields)) {
      const value = required(branch, name, errcode);
      const isMedia = name.endsWith('media_id');
      if (isMedia && !media.find(value) && !materials.find(value)) throw new ApiError(errcode);
    }
  };
}

function required(branch: JsonObject, name: string, errcode: Errcode): string {
  const value = textIn(branch, name);
  if (value === '') throw new ApiError(errcode);
  return value;
}
