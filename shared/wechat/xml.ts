import type { Eventual } from '../kernel/eventual.ts';
import type { PushFields } from './fields.ts';
import { scanXml } from './xml-scan.ts';

/**
 * Reads `<xml>…</xml>` as WeChat sends it into the fields of its root.
 *
 * @throws MalformedError on XML that is not well-formed, or holds what a push never holds: DOCTYPE,
 * processing instructions, too deep a tree. Comments, and text beside elements, are left out.
 */
export function parseXml(text: string): Eventual<PushFields> {
  return scanXml(text) ?? parseOther(text);
}

/** The parser is larger than the rest of the code for a push, so only a push that needs it loads it. */
async function parseOther(text: string): Promise<PushFields> {
  return (await import('./xml-parser.ts')).parseAnyXml(text);
}

/** A tree to write: strings go into CDATA, numbers stand bare, lists repeat their element. */
export interface XmlTree {
  readonly [name: string]: XmlValue | undefined;
}
export type XmlValue = string | number | XmlTree | readonly XmlValue[];

export function writeXml(tree: XmlTree): string {
  return writeElement('', 'xml', tree);
}

/** Gives `xml` with the element behind it. */
function writeElement(xml: string, name: string, value: XmlValue): string {
  const tags = tagsOf(name);
  if (typeof value === 'string') return xml + tags.openText + cdata(value) + tags.closeText;
  if (typeof value === 'number') return xml + tags.open + value + tags.close;
  if (isList(value))
    return value.reduce<string>((before, item) => writeElement(before, name, item), xml);
  let inner = xml + tags.open;
  for (const child in value) {
    const childValue = value[child];
    if (childValue !== undefined) inner = writeElement(inner, child, childValue);
  }
  return inner + tags.close;
}

const isList = (value: XmlTree | readonly XmlValue[]): value is readonly XmlValue[] =>
  Array.isArray(value);

/** What stands around the value of an element; a text is in CDATA. */
interface Tags {
  readonly open: string;
  readonly close: string;
  readonly openText: string;
  readonly closeText: string;
}

/** Made once for each name, of which a reply has a few: a piece less to join is a string less to make. */
const allTags = new Map<string, Tags>();

function tagsOf(name: string): Tags {
  const known = allTags.get(name);
  if (known) return known;
  const [open, close] = [`<${name}>`, `</${name}>`];
  const tags = { open, close, openText: `${open}<![CDATA[`, closeText: `]]>${close}` };
  allTags.set(name, tags);
  return tags;
}

function cdata(text: string): string {
  return cleanText(text).replaceAll(']]>', ']]]]><![CDATA[>');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids them, so they are removed
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** The characters that `cleanText` changes; nearly every text has none of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, and half a pair
const UNCLEAN = /[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/;

/**
 * Text as XML 1.0 can hold it: without the characters that it forbids, with U+FFFD for half a
 * surrogate pair, and with line ends as every XML reader would make them.
 */
export function cleanText(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return text.toWellFormed().replace(FORBIDDEN, '').replace(/\r\n?/g, '\n');
}
