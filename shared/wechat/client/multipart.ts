import { AppError } from '../../kernel/errors.ts';
import type { Upload } from '../catalogue/endpoint.ts';
import { asciiFileName } from '../file-name.ts';
import { encodeJson } from '../json.ts';
import type { BodySource } from './body.ts';

interface Part {
  readonly head: Buffer;
  readonly length: number;
  content(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const CRLF = '\r\n';
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/**
 * A multipart body with its exact length, which WeChat needs to take it (else 41005), and with file
 * names in ASCII. A stream passes through in its own pieces; nothing is gathered.
 *
 * @throws AppError `invalid` when a content type is malformed.
 */
export function multipart(fields: Readonly<Record<string, unknown>>, boundary: string): BodySource {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => part(name, value, boundary));
  const tail = Buffer.from(`--${boundary}--${CRLF}`);
  const lengths = parts.map(({ head, length }) => head.length + length + CRLF.length);

  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: lengths.reduce((sum, length) => sum + length, tail.length),
    async *open() {
      for (const { head, content } of parts) {
        yield head;
        yield* content();
        yield Buffer.from(CRLF);
      }
      yield tail;
    },
  };
}

function part(name: string, value: unknown, boundary: string): Part {
  const disposition = `--${boundary}${CRLF}Content-Disposition: form-data; name="${name}"`;
  if (!isUpload(value)) {
    const text = Buffer.from(typeof value === 'string' ? value : encodeJson(value));
    const head = Buffer.from(`${disposition}${CRLF}${CRLF}`);
    return { head, length: text.length, content: () => [text] };
  }
  if (!CONTENT_TYPE.test(value.contentType)) {
    throw new AppError('invalid', `The content type of the file "${name}" is malformed.`);
  }
  const head = Buffer.from(
    `${disposition}; filename="${asciiFileName(value.fileName)}"${CRLF}Content-Type: ${value.contentType}${CRLF}${CRLF}`,
  );
  if ('data' in value) return { head, length: value.data.length, content: () => [value.data] };
  return { head, length: value.length, content: () => exactly(value.length, value.open()) };
}

/** A body that is shorter or longer than announced would be taken for another request's bytes. */
async function* exactly(length: number, stream: AsyncIterable<Uint8Array>) {
  let seen = 0;
  for await (const chunk of stream) {
    seen += chunk.length;
    if (seen > length) break;
    yield chunk;
  }
  if (seen !== length) {
    const got = seen > length ? 'more' : `only ${seen}`;
    throw new AppError(
      'invalid',
      `The file was to have ${length} bytes, but its stream gave ${got}.`,
    );
  }
}

function isUpload(value: unknown): value is Upload {
  return (
    typeof value === 'object' && value !== null && 'fileName' in value && 'contentType' in value
  );
}
