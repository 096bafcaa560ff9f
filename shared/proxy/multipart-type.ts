import { MIMEType } from 'node:util';
import { Refusal } from './refusal.ts';

/** The characters and the length that RFC 2046 gives a boundary, and those that need no quotes. */
const BOUNDARY = /^[A-Za-z0-9'()+_,./:=? -]{0,69}[A-Za-z0-9'()+_,./:=?-]$/;
const BARE = /^[A-Za-z0-9'+_.-]+$/;
/** A form begins with its boundary. */
const FIRST_LINE = /^(?:\r\n)?--([^\r\n]{1,70})\r\n/;
const LONGEST_FIRST_LINE = 80;

/**
 * The content type under which a form goes on to WeChat: the boundary alone, in the plainest form,
 * whatever other parameters, quotes and blanks the client's HTTP library writes. A boundary that it
 * leaves out is that of the first line, as for WeChat. `undefined` if the type is another.
 *
 * @throws Refusal `malformed` if the form has no boundary, or one that cannot be sent on.
 */
export function multipartType(contentType: string, body: Uint8Array): string | undefined {
  const type = read(contentType);
  if (type?.essence !== 'multipart/form-data') return undefined;
  const boundary = type.params.get('boundary') || boundaryInside(body);
  if (!boundary) {
    throw new Refusal(
      'malformed',
      'The content type multipart/form-data names no boundary, and the body does not begin with one.',
    );
  }
  if (!BOUNDARY.test(boundary)) {
    throw new Refusal(
      'malformed',
      "The boundary of the form is none: it has 1 to 70 letters, digits, blanks and '()+_,-./:=? and does not end in a blank.",
    );
  }
  return `multipart/form-data; boundary=${BARE.test(boundary) ? boundary : `"${boundary}"`}`;
}

/** The platform's own reader of content types; one that it cannot read is no form. */
function read(contentType: string): MIMEType | undefined {
  try {
    return new MIMEType(contentType);
  } catch {
    return undefined;
  }
}

function boundaryInside(body: Uint8Array): string | undefined {
  const start = Buffer.from(body.subarray(0, LONGEST_FIRST_LINE)).toString('latin1');
  return FIRST_LINE.exec(start)?.[1];
}
