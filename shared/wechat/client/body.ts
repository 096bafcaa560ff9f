import { encodeJson } from '../json.ts';
import type { OutgoingBody } from './transport.ts';

/** A body that can be sent more than once: every attempt opens it anew. */
export interface BodySource {
  readonly contentType: string;
  readonly length: number;
  open(): OutgoingBody;
}

export function jsonBody(value: unknown, numericIds?: readonly string[]): BodySource {
  return rawBody('application/json', Buffer.from(encodeJson(value, numericIds)));
}

export function rawBody(contentType: string, data: Uint8Array): BodySource {
  return { contentType, length: data.length, open: () => data };
}
