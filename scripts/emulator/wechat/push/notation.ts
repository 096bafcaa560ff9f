import { Fault } from './fault.ts';
import { readXml, type XmlElement } from './xml-reader.ts';
import { writeXml, type XmlFields, type XmlValue } from './xml-writer.ts';

/** In which notation a push is written, and its answer. */
export type Notation = 'xml' | 'json';

export function writeFields(notation: Notation, fields: XmlFields): string {
  return notation === 'xml' ? writeXml(fields) : json(fields);
}

/** A whole number of 64 bits stands bare, as in XML; a list needs no elements around its items. */
function json(value: XmlValue): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(json).join(',')}]`;
  const { item } = value;
  if (item !== undefined && Object.keys(value).length === 1) {
    return json(isList(item) ? item : [item]);
  }
  const members = Object.entries(value).flatMap(([name, child]) =>
    child === undefined ? [] : [`${JSON.stringify(name)}:${json(child)}`],
  );
  return `{${members.join(',')}}`;
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}

/** An answer as one tree, whatever its notation. @throws Fault */
export function readFields(notation: Notation, text: string): XmlElement {
  if (notation === 'xml') return readXml(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Fault('the answer is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Fault('the answer is no JSON object');
  }
  return elementOf('xml', value);
}

function elementOf(name: string, value: unknown): XmlElement {
  if (Array.isArray(value)) {
    return { name, text: '', children: value.map((item) => elementOf('item', item)) };
  }
  if (typeof value === 'object' && value !== null) {
    const children = Object.entries(value).map(([key, child]) => elementOf(key, child));
    return { name, text: '', children };
  }
  return { name, text: value === null || value === undefined ? '' : String(value), children: [] };
}
