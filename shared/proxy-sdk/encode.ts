import type { Endpoint, Upload } from '../wechat/catalogue/index.ts';
import { asciiFileName } from '../wechat/file-name.ts';
import { encodeJson } from '../wechat/json.ts';
import type { SignedQuery } from './canonical.ts';

export interface EncodedRequest {
  readonly query: SignedQuery;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly contentType?: string;
}

const JSON_TYPE = 'application/json';

/** Sorts the fields of a request into query and body, as the row of the catalogue says. */
export async function encode(endpoint: Endpoint, request: object): Promise<EncodedRequest> {
  const isInQuery = (field: string) => endpoint.query === 'all' || endpoint.query.includes(field);
  const entries = Object.entries(request).filter(([, value]) => value !== undefined);
  const query = Object.fromEntries(
    entries.filter(([field]) => isInQuery(field)).map(([field, value]) => [field, String(value)]),
  );
  const fields = entries.filter(([field]) => !isInQuery(field));
  const isOptional = endpoint.body === 'file-or-url';
  if (endpoint.body === 'none' || (isOptional && fields.length === 0)) return { query };
  if (endpoint.body === 'json') {
    return { query, ...jsonBody(Object.fromEntries(fields), endpoint.numericIds) };
  }
  return { query, ...(await multipartBody(fields)) };
}

export function jsonBody(value: unknown, numericIds?: readonly string[]) {
  const body = new TextEncoder().encode(encodeJson(value, numericIds));
  return { body, contentType: JSON_TYPE };
}

/** The runtime itself encodes the form; it is gathered whole, since its bytes are signed. */
async function multipartBody(fields: readonly (readonly [string, unknown])[]) {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (isUpload(value)) {
      const file = new Blob([await contentOf(value)], { type: value.contentType });
      form.append(name, file, asciiFileName(value.fileName));
    } else form.append(name, typeof value === 'string' ? value : encodeJson(value));
  }
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? '';
  return { body: new Uint8Array(await encoded.arrayBuffer()), contentType };
}

async function contentOf(upload: Upload): Promise<Uint8Array<ArrayBuffer>> {
  if ('data' in upload) return new Uint8Array(upload.data);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of upload.open()) chunks.push(new Uint8Array(chunk));
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function isUpload(value: unknown): value is Upload {
  return (
    typeof value === 'object' && value !== null && 'fileName' in value && 'contentType' in value
  );
}
