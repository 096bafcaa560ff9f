import type { Eventual } from '../kernel/eventual.ts';
import type { PushFields } from './fields.ts';
import { Pieces } from './pieces.ts';
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

const written = new Pieces();

export function writeXml(tree: XmlTree): string {
  written.begin();
  writeElement('xml', tree);
  return written.joined();
}

function writeElement(name: string, value: XmlValue): void {
  if (typeof value === 'object' && isList(value)) {
    for (const item of value) writeElement(name, item);
    return;
  }
  const tags = tagsOf(name);
  if (typeof value === 'string') {
    written.add(tags.openText);
    written.add(cdata(value));
    written.add(tags.closeText);
    return;
  }
  written.add(tags.open);
  if (typeof value === 'number') written.add(String(value));
  else writeChildren(value);
  written.add(tags.close);
}

function writeChildren(tree: XmlTree): void {
  for (const name in tree) {
    const value = tree[name];
    if (value !== undefined) writeElement(name, value);
  }
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

/** Made once for each name, of which a reply has a few: a piece less to join. */
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
