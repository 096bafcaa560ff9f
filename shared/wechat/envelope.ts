import type { PushText } from './push-body.ts';

const CDATA = '<![CDATA[';
const CDATA_END = ']]>';
const XML_FIELD = /<Encrypt>\s*(?:<!\[CDATA\[\s*)?([A-Za-z0-9+/=]+)\s*(?:\]\]>\s*)?<\/Encrypt>/y;
/** A quotation mark inside a text is escaped, so this is a name. Some writers escape `/`. */
const JSON_FIELD = /"Encrypt"\s*:\s*"([A-Za-z0-9+/=\\]+)"/;

/**
 * The ciphertext in the envelope of a push, the one field that `msg_signature` covers: until the
 * signature is checked, nothing else of the body is read. `undefined` if there is none.
 */
export function findEncrypted({ notation, text }: PushText): string | undefined {
  return notation === 'json' ? JSON_FIELD.exec(text)?.[1]?.replaceAll('\\', '') : findInXml(text);
}

/** Passes over CDATA: in compat mode what a follower wrote stands beside the ciphertext. */
function findInXml(text: string): string | undefined {
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    XML_FIELD.lastIndex = at;
    const found = XML_FIELD.exec(text)?.[1];
    if (found !== undefined) return found;
    if (text.startsWith(CDATA, at)) {
      const end = text.indexOf(CDATA_END, at + CDATA.length);
      if (end === -1) return undefined;
      at = end + CDATA_END.length;
    } else {
      at += 1;
    }
  }
  return undefined;
}
