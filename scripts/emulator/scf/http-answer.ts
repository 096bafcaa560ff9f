import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { EventShape } from './http-event.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const TEXT_TYPE = { 'content-type': 'text/plain; charset=utf-8' };
/** The gateway says these itself. */
const OWN_HEADERS = new Set(['connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/**
 * Turns what a function returned into an HTTP response. An object with a `statusCode` is the
 * envelope; what else may be returned depends on the shape.
 */
export function httpAnswer(shape: EventShape, result: unknown): HttpAnswer {
  if (isObject(result) && 'statusCode' in result) return envelope(result) ?? malformed();
  if (shape === 'api-gateway') return malformed();
  const isPlain = typeof result === 'string' || typeof result === 'number';
  if (shape === 'http-access' && isPlain) {
    return { status: 200, headers: TEXT_TYPE, body: Buffer.from(String(result)) };
  }
  return jsonAnswer(200, result);
}

export function jsonAnswer(status: number, value: unknown): HttpAnswer {
  return { status, headers: JSON_TYPE, body: Buffer.from(JSON.stringify(value)) };
}

/** The words of the API gateway; those of a function URL are not documented. */
function malformed(): HttpAnswer {
  return jsonAnswer(502, {
    errno: 403,
    error: 'Invalid scf response format. please check your scf response format.',
  });
}

function envelope(result: Record<string, unknown>): HttpAnswer | undefined {
  const { statusCode, headers = {}, body = '', isBase64Encoded = false } = result;
  const isStatus =
    typeof statusCode === 'number' &&
    Number.isInteger(statusCode) &&
    statusCode >= 200 &&
    statusCode <= 599;
  if (!isStatus || !isObject(headers) || typeof body !== 'string') return undefined;
  const sent: Record<string, string> = { ...JSON_TYPE };
  for (const [name, value] of Object.entries(headers)) {
    if (!isHeader(name, value)) return undefined;
    if (!OWN_HEADERS.has(name.toLowerCase())) sent[name.toLowerCase()] = String(value);
  }
  const bytes = isBase64Encoded === true ? fromBase64(body) : Buffer.from(body);
  return bytes && { status: statusCode, headers: sent, body: bytes };
}

function isHeader(name: string, value: unknown): boolean {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return false;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
    return true;
  } catch {
    return false;
  }
}

function fromBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
