import { MIMEType } from 'node:util';
import { Dicer } from '@fastify/busboy';

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  /** `undefined` for a field that is not a file. */
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

/** Before the first part stands nothing but its boundary, of at most 70 characters. */
const FIRST_LINE = /^(?:\r\n)?--([^\r\n]{1,70})\r\n/;
const LONGEST_FIRST_LINE = 80;

/**
 * A form upload, or `undefined` for a body that is none, or not to its end. A boundary that the content
 * type does not name is that of the first line.
 */
export async function readForm(
  contentType: string,
  body: Uint8Array,
): Promise<readonly FormPart[] | undefined> {
  const type = mimeType(contentType);
  if (type?.essence !== 'multipart/form-data') return undefined;
  const boundary = type.params.get('boundary') || boundaryInside(body);
  if (boundary === undefined) return undefined;
  const parts = await split(Buffer.from(body), boundary);
  const read = parts?.map(partOf);
  return read?.every((part) => part !== undefined) ? read : undefined;
}

function boundaryInside(body: Uint8Array): string | undefined {
  const start = Buffer.from(body.subarray(0, LONGEST_FIRST_LINE)).toString('latin1');
  return FIRST_LINE.exec(start)?.[1];
}

interface RawPart {
  /** Names in lower case; a character stands for a byte. */
  headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly chunks: Buffer[];
}

/** `undefined` if the last boundary is missing. */
function split(body: Buffer, boundary: string): Promise<readonly RawPart[] | undefined> {
  return new Promise((resolve) => {
    const parts: RawPart[] = [];
    const dicer = new Dicer({ boundary });
    dicer.on('part', (stream) => {
      const part: RawPart = { headers: {}, chunks: [] };
      parts.push(part);
      stream.on('header', (headers) => {
        part.headers = headers as RawPart['headers'];
      });
      stream.on('data', (chunk: Buffer) => part.chunks.push(chunk));
      // The form as a whole fails, too.
      stream.on('error', () => resolve(undefined));
    });
    dicer.on('error', () => resolve(undefined));
    dicer.on('finish', () => resolve(parts));
    dicer.end(body);
  });
}

/** The extended form of a parameter, `filename*=`, is not one that WeChat reads. */
function partOf({ headers, chunks }: RawPart): FormPart | undefined {
  const disposition = headers['content-disposition']?.[0]?.trim() ?? '';
  // A disposition is written as a content type is, but for the first half of its name.
  const read = mimeType(`part/${disposition}`);
  const text = (name: string) => {
    const value = read?.params.get(name);
    return value === null || value === undefined
      ? undefined
      : Buffer.from(value, 'latin1').toString('utf8');
  };
  const name = text('name');
  if (read?.subtype !== 'form-data' || name === undefined) return undefined;
  return {
    name,
    fileName: text('filename'),
    contentType: headers['content-type']?.[0]?.trim(),
    bytes: new Uint8Array(Buffer.concat(chunks)),
  };
}

function mimeType(text: string): MIMEType | undefined {
  try {
    return new MIMEType(text);
  } catch {
    return undefined;
  }
}
