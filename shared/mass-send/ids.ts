import { createHash } from 'node:crypto';
import { MAX_BATCH } from './limits.ts';

/** The id of a broadcast: the same for the same requestId, and safe to log. */
export function broadcastId(requestId: string): string {
  return `m${hashOf(requestId).slice(0, 27)}`;
}

export function batchId(id: string, index: number): string {
  return `${id}.${index}`;
}

/** The batch that the follower taken at this place, counted from 0, is part of. */
export function batchIdAt(id: string, place: number): string {
  return batchId(id, Math.floor(place / MAX_BATCH));
}

/** By the place of its first openid, so that slices sort in the order in which they were made. */
export function sliceId(id: string, place: number): string {
  return `${id}.${String(place).padStart(9, '0')}`;
}

/** The slice that keeps the openids which a submission named, until the broadcast starts. */
export function namedSliceId(id: string): string {
  return `${id}.wanted`;
}

/** The key by which WeChat recognises a repeat: the same for every try of a batch, of 32 bytes. */
export function clientMsgId(id: string, index: number): string {
  return hashOf(`${id} ${index}`).slice(0, 32);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
