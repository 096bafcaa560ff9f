import { createHash } from 'node:crypto';
import type { Call } from './call.ts';

/** The body of a call as text that may be kept: of a file only what tells it from another. */
export function describeBody(call: Call): string {
  if (!call.contentType.startsWith('multipart/')) return new TextDecoder().decode(call.body);
  if (!call.form) return `(a form of ${call.body.length} bytes that cannot be read)`;
  const described = call.form.map(({ name, fileName, contentType, bytes }) => [
    name,
    fileName === undefined
      ? new TextDecoder().decode(bytes)
      : { fileName, contentType, bytes: bytes.length, sha256: sha256(bytes) },
  ]);
  return JSON.stringify(Object.fromEntries(described));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
