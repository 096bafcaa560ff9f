/** One field of a multipart/form-data body. */
export interface Part {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Reads a form upload; parts that are not well formed are left out. */
export function parseMultipart(contentType: string, body: Buffer): readonly Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first boundary has no line break before it.
  const text = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: Part[] = [];
  let start = text.indexOf(delimiter);
  while (start >= 0) {
    const end = text.indexOf(delimiter, start + delimiter.length);
    if (end < 0) break;
    const part = parsePart(text.subarray(start + delimiter.length, end));
    if (part) parts.push(part);
    start = end;
  }
  return parts;
}

function parsePart(section: Buffer): Part | undefined {
  const headEnd = section.indexOf('\r\n\r\n');
  const name = /;\s*name="([^"]*)"/.exec(section.subarray(0, headEnd).toString('utf8'))?.[1];
  if (headEnd < 0 || name === undefined) return undefined;
  return { name, bytes: section.subarray(headEnd + 4) };
}
