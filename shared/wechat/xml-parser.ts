import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { addField, ElementCount, emptyFields, MalformedError, type PushFields } from './fields.ts';
import { MAX_PUSH_DEPTH, MAX_PUSH_TAG } from './limits.ts';

/** What may begin with `<!`, and how it ends. */
const declarations = [
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
] as const;
const TEXT = '#text';
const CDATA = '#cdata';

/** A node of the parser: one element name (or `#text`, `#cdata`) with its children, in order. */
type Node = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  cdataPropName: CDATA,
  // Numeric references too; a DOCTYPE, which could define more, never reaches the parser.
  htmlEntities: true,
  maxNestedTags: MAX_PUSH_DEPTH,
});

/**
 * Reads `<xml>…</xml>` in every form: the forms that `xml-scan.ts` leaves, and those to be refused.
 *
 * @throws MalformedError
 */
export function parseAnyXml(text: string): PushFields {
  checkMarkup(text);
  let nodes: readonly Node[];
  try {
    const verdict = XMLValidator.validate(text);
    if (verdict !== true) throw new MalformedError(`XML: ${verdict.err.code}`);
    nodes = parser.parse(text) as readonly Node[];
  } catch (error) {
    if (error instanceof MalformedError) throw error;
    throw new MalformedError('XML: refused by the parser', { cause: error });
  }
  const root = nodes.filter((node) => !('?xml' in node) && !isBlank(node));
  const [first] = root;
  if (root.length !== 1 || first === undefined || !Array.isArray(first.xml)) {
    throw new MalformedError('XML: the root is not a single <xml>');
  }
  const value = readElement(first.xml as readonly Node[], 1);
  return typeof value === 'string' ? emptyFields() : value;
}

/**
 * One pass before the parser, whose work depends on how many tags there are and how long each is.
 * Outside CDATA a push has no `<!…` but comments, hence no DOCTYPE and no entity to expand.
 */
function checkMarkup(text: string): void {
  const count = new ElementCount();
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    if (text[at + 1] !== '/') count.add();
    at = text[at + 1] === '!' ? endOfDeclaration(text, at) : endOfTag(text, at);
  }
}

function endOfDeclaration(text: string, at: number): number {
  const close = declarations.find(([open]) => text.startsWith(open, at))?.[1];
  if (close === undefined) throw new MalformedError('XML: markup declaration');
  const end = text.indexOf(close, at + 4);
  if (end === -1) throw new MalformedError('XML: CDATA or comment without end');
  return end + close.length;
}

function endOfTag(text: string, at: number): number {
  const end = text.slice(at, at + MAX_PUSH_TAG).indexOf('>');
  if (end === -1) throw new MalformedError('XML: too long a tag, or one without end');
  return at + end + 1;
}

function readElement(children: readonly Node[], depth: number): string | PushFields {
  if (depth > MAX_PUSH_DEPTH) throw new MalformedError('XML: too deep');
  if (children.every((child) => TEXT in child || CDATA in child)) return readText(children);
  const fields = emptyFields();
  for (const child of children) {
    // Samples of WeChat's own have remarks behind an element.
    if (TEXT in child || CDATA in child) continue;
    const [name] = Object.keys(child);
    if (name === undefined || name.startsWith('?')) {
      throw new MalformedError('XML: an instruction beside elements');
    }
    addField(fields, name, readElement(child[name] as readonly Node[], depth + 1));
  }
  return fields;
}

/** Where there is CDATA it is the value, and white space around it is layout. */
function readText(children: readonly Node[]): string {
  const hasCdata = children.some((child) => CDATA in child);
  return children
    .filter((child) => !hasCdata || !isBlank(child))
    .map((child) => (CDATA in child ? readText(child[CDATA] as readonly Node[]) : child[TEXT]))
    .join('');
}

function isBlank(node: Node): boolean {
  const text = node[TEXT];
  return typeof text === 'string' && text.trim() === '';
}
