/** Elements by name: text goes out as CDATA and numbers bare, as WeChat does; a list repeats its element. */
export interface XmlFields {
  readonly [element: string]: XmlValue | undefined;
}
export type XmlValue = string | number | bigint | XmlFields | readonly XmlValue[];

export function writeXml(fields: XmlFields): string {
  return element('xml', fields);
}

function element(name: string, value: XmlValue): string {
  if (isList(value)) return value.map((item) => element(name, item)).join('');
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: string | number | bigint | XmlFields): string {
  switch (typeof value) {
    case 'string':
      return cdata(value);
    case 'number':
    case 'bigint':
      return String(value);
    default:
      return Object.entries(value)
        .map(([name, child]) => (child === undefined ? '' : element(name, child)))
        .join('');
  }
}

/** Characters that XML 1.0 cannot carry in any form, lone surrogates included, are left out. */
const FORBIDDEN = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function cdata(text: string): string {
  const safe = text.replace(FORBIDDEN, '').replaceAll(']]>', ']]]]><![CDATA[>');
  return `<![CDATA[${safe}]]>`;
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}
