import type { Call } from '../http/call.ts';

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  /** `undefined` for a field that is not a file. */
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

/** A form upload, or `undefined` for a body that is none, or not to its end. */
export function readForm({ contentType, body }: Call): readonly FormPart[] | undefined {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return undefined;
  const bytes = Buffer.concat([Buffer.from('\r\n'), body]);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: FormPart[] = [];

  let at = bytes.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (bytes.subarray(start, start + 2).toString() === '--') return parts;
    const end = bytes.indexOf(delimiter, start);
    if (end < 0) return undefined;
    const part = partOf(bytes.subarray(start, end));
    if (!part) return undefined;
    parts.push(part);
    at = end;
  }
  return undefined;
}

function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return undefined;
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  return quoted ?? bare;
}

/** From the line break after the boundary to the one before the next. */
function partOf(section: Buffer): FormPart | undefined {
  const headEnd = section.indexOf('\r\n\r\n');
  if (headEnd < 0 || section.subarray(0, 2).toString() !== '\r\n') return undefined;
  const lines = section.subarray(2, Math.max(2, headEnd)).toString('utf8').split('\r\n');
  const header = (name: string) =>
    lines.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1);
  const disposition = header('content-disposition')?.trim() ?? '';
  const name = parameter(disposition, 'name');
  if (!/^form-data\b/i.test(disposition) || name === undefined) return undefined;
  return {
    name,
    fileName: parameter(disposition, 'filename'),
    contentType: header('content-type')?.trim(),
    bytes: new Uint8Array(section.subarray(headEnd + 4)),
  };
}

/** The extended form, `filename*=`, is not one that WeChat reads. */
function parameter(disposition: string, name: string): string | undefined {
  const [, quoted, bare] =
    new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]+))`, 'i').exec(disposition) ?? [];
  return quoted ?? bare;
}
