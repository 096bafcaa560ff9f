import { randomBytes } from 'node:crypto';
import { requestFailed } from '../errors.ts';
import { MAX_DOCUMENT_BYTES } from '../limits.ts';
import { stringifyEjson } from '../protocol/codec-ejson.ts';
import { type Document, isDocumentId, isObject, type Value } from '../values.ts';

/** A document that may be stored under this id, or under a new one. */
export function newDocument(value: Value | undefined, id?: Value): Document {
  if (!isObject(value)) throw requestFailed('A document must be an object');
  const { _id = id ?? createId(), ...rest } = value;
  return checkDocument({ _id, ...rest });
}

/** @throws ServiceError if MongoDB would not store it */
export function checkDocument(document: Document): Document {
  if (!isDocumentId(document._id)) throw requestFailed('_id must be a string or a number');
  checkKeys(document);
  if (Buffer.byteLength(stringifyEjson(document)) > MAX_DOCUMENT_BYTES) {
    throw requestFailed('The document is larger than 16 MB');
  }
  return document;
}

/** 32 hexadecimal digits, the length of the service's own ids. */
function createId(): string {
  return randomBytes(16).toString('hex');
}

function checkKeys(value: Value) {
  if (Array.isArray(value)) for (const item of value) checkKeys(item);
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith('$')) throw requestFailed(`The dollar prefixed field '${key}' is not valid`);
    checkKeys(item);
  }
}
