import { emptyFields, type Field, MalformedError, type PushFields } from './fields.ts';
import { parseJson } from './json.ts';
import { MAX_PUSH_BYTES, MAX_PUSH_DEPTH } from './limits.ts';
import { parseXml } from './xml.ts';

/** The notation of a push; the reply uses the same. */
export type Notation = 'xml' | 'json';

export interface PushBody {
  readonly notation: Notation;
  readonly fields: PushFields;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the body of a push. WeChat sends XML; the debug tool of its console can send JSON.
 *
 * @throws MalformedError
 */
export async function parsePushBody(bytes: Uint8Array): Promise<PushBody> {
  if (bytes.length > MAX_PUSH_BYTES) throw new MalformedError('body: too large');
  const text = decode(bytes).trim();
  return text.startsWith('{')
    ? { notation: 'json', fields: parseJsonFields(text) }
    : { notation: 'xml', fields: await parseXml(text) };
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new MalformedError('body: not UTF-8', { cause: error });
  }
}

function parseJsonFields(text: string): PushFields {
  try {
    return readObject(parseJson(text) as object, 1);
  } catch (error) {
    if (error instanceof MalformedError) throw error;
    throw new MalformedError('JSON: not well-formed', { cause: error });
  }
}

function readObject(value: object, depth: number): PushFields {
  const fields = emptyFields();
  for (const [name, item] of Object.entries(value)) {
    const field = readValue(item, depth + 1);
    if (field !== undefined) fields[name] = field;
  }
  return fields;
}

/** `null` says that there is nothing. */
function readValue(value: unknown, depth: number): Field | undefined {
  if (depth > MAX_PUSH_DEPTH) throw new MalformedError('JSON: too deep');
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    return value.map((item) => readValue(item, depth + 1)).filter((item) => item !== undefined);
  }
  return typeof value === 'object' ? readObject(value, depth) : String(value);
}
