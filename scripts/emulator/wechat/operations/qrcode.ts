import { ApiError } from '../errors/errors.ts';
import { jsonOf } from '../http/call.ts';
import { FileAnswer } from '../http/file-answer.ts';
import { PageAnswer } from '../http/page-answer.ts';
import { urlOf } from '../state/qrcodes.ts';
import type { OperationsOf } from './operation.ts';

const MAX_SECONDS = 2_592_000;
const MAX_TEMPORARY_SCENE = 2 ** 32 - 1;
const MAX_PERMANENT_SCENE = 100_000;
const MAX_SCENE_CHARS = 64;

/** Which scene an action takes, and whether its code ends. */
const actions = {
  QR_SCENE: { isTemporary: true, isText: false, maxScene: MAX_TEMPORARY_SCENE },
  QR_STR_SCENE: { isTemporary: true, isText: true, maxScene: 0 },
  QR_LIMIT_SCENE: { isTemporary: false, isText: false, maxScene: MAX_PERMANENT_SCENE },
  QR_LIMIT_STR_SCENE: { isTemporary: false, isText: true, maxScene: 0 },
} as const;

export const qrcode: OperationsOf<'qrcode'> = {
  create({ qrcodes }, call) {
    const { action_name: name, action_info: info, expire_seconds: seconds } = jsonOf(call);
    if (typeof name !== 'string' || !Object.hasOwn(actions, name)) throw new ApiError(40052);
    const { isTemporary, isText, maxScene } = actions[name as keyof typeof actions];
    const { scene_id: id, scene_str: text } = Object(Object(info).scene ?? {}) as {
      scene_id?: unknown;
      scene_str?: unknown;
    };
    const scene = isText ? text : id;
    if (!(isText ? isSceneText(text) : isSceneId(id, maxScene))) throw new ApiError(40053);

    if (!isTemporary) {
      const added = qrcodes.addPermanent(scene as number | string);
      if (added === 'full') throw new ApiError(45029);
      return { ticket: added.ticket, url: urlOf(added.code) };
    }
    if (seconds !== undefined && !isSceneId(seconds, MAX_SECONDS)) throw new ApiError(40097);
    const added = qrcodes.addTemporary(scene as number | string, seconds);
    return { ticket: added.ticket, expire_seconds: added.seconds, url: urlOf(added.code) };
  },

  /** Every good ticket has the same picture, one white dot: the emulator draws no codes. */
  show({ qrcodes }, { query }) {
    if (!qrcodes.find(query.ticket ?? '')) {
      return new PageAnswer(404, { 'content-type': 'text/html' }, '');
    }
    return new FileAnswer({
      contentType: 'image/jpg',
      fileName: 'qrcode.jpg',
      bytes: new Uint8Array(Buffer.from(WHITE_DOT, 'base64')),
    });
  },
};

function isSceneId(value: unknown, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max;
}

function isSceneText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && [...value].length <= MAX_SCENE_CHARS;
}

/** A JPEG of one pixel. */
const WHITE_DOT =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';
