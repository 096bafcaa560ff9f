import { ApiError, type Errcode } from '../errors/errors.ts';
import type { Call, JsonObject } from '../http/call.ts';
import { jsonOf } from '../http/call.ts';

/** An odd number of backslashes before the `u`: one after an even number is text. */
const ESCAPE = /(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}/;

/** The body of an endpoint that takes no `\u` escapes. @throws ApiError as given, 44002, 47001 */
export function plainJsonOf(
  call: Call,
  { escaped, notUtf8 }: { readonly escaped: Errcode; readonly notUtf8: Errcode },
): JsonObject {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(call.body);
  } catch {
    throw new ApiError(notUtf8);
  }
  if (ESCAPE.test(text)) throw new ApiError(escaped);
  return jsonOf(call);
}

/** @throws ApiError 47001 */
export function objectIn(value: unknown): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw new ApiError(47001);
}

/** @throws ApiError 47001, or `missing` when it is not there or empty. */
export function requiredText(fields: JsonObject, name: string, missing: Errcode): string {
  const text = optionalText(fields, name);
  if (text === '') throw new ApiError(missing);
  return text;
}

/** Empty when it is not there. @throws ApiError 47001 */
export function optionalText(fields: JsonObject, name: string): string {
  const value = fields[name] ?? '';
  if (typeof value !== 'string') throw new ApiError(47001);
  return value;
}

/** 0 when it is not there. @throws ApiError 47001, 47003 */
export function flag(fields: JsonObject, name: string): 0 | 1 {
  const value = fields[name] ?? 0;
  if (typeof value !== 'number') throw new ApiError(47001);
  if (value !== 0 && value !== 1) throw new ApiError(47003);
  return value;
}

/** @throws ApiError 41011 when it is not there, 47001 */
export function requiredInteger(fields: JsonObject, name: string): number {
  const value = fields[name];
  if (value === undefined || value === null) throw new ApiError(41011);
  if (!Number.isInteger(value)) throw new ApiError(47001);
  return Number(value);
}

/** @throws ApiError 47001 */
export function listIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new ApiError(47001);
  return value;
}

/** One page of a list. @throws ApiError 41011, 47001, 40097 */
export function pageIn(fields: JsonObject): { readonly offset: number; readonly count: number } {
  const offset = requiredInteger(fields, 'offset');
  const count = requiredInteger(fields, 'count');
  if (offset < 0 || count < 1 || count > 20) throw new ApiError(40097);
  return { offset, count };
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** As a person counts them. */
export function charsOf(text: string): number {
  return [...text].length;
}
