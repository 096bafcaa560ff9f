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
  return `<xml>${writeElements(tree)}</xml>`;
}

function writeElements(tree: XmlTree): string {
  let xml = '';
  for (const name of Object.keys(tree)) {
    const value = tree[name];
    if (value === undefined) continue;
    if (Array.isArray(value)) for (const item of value) xml += writeElement(name, item);
    else xml += writeElement(name, value as SingleValue);
  }
  return xml;
}

type SingleValue = Exclude<XmlValue, readonly XmlValue[]>;

function writeElement(name: string, value: SingleValue): string {
  return `<${name}>${writeValue(value)}</${name}>`;
}

function writeValue(value: SingleValue): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? cdata(value) : writeElements(value);
}

function cdata(text: string): string {
  return `<![CDATA[${cleanText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
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
