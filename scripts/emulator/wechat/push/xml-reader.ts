import { SaxesParser } from 'saxes';
import { Fault } from './fault.ts';

export interface XmlElement {
  readonly name: string;
  /** Text and CDATA of an element without children; of one with children, the empty string. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  name: string;
  text: string;
  children: OpenElement[];
}

/**
 * Reads one document as strictly as XML 1.0 asks: no DOCTYPE, no unknown entity, no loose ends.
 *
 * @throws Fault naming the first thing that is wrong.
 */
export function readXml(text: string): XmlElement {
  if (text.startsWith('\uFEFF')) throw new Fault('the XML starts with a byte-order mark');
  const document: OpenElement = { name: '', text: '', children: [] };
  const open = [document];
  const top = () => open.at(-1) ?? document;
  const addText = (piece: string) => {
    top().text += piece;
  };

  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new Fault('the XML has a DOCTYPE');
  });
  parser.on('opentag', ({ name }) => {
    const element: OpenElement = { name, text: '', children: [] };
    top().children.push(element);
    open.push(element);
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element) dropLayout(element);
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(`it is not well-formed XML (line:column: ${String(error)})`);
  }
  const [root] = document.children;
  if (!root) throw new Fault('the XML is empty');
  return root;
}

/** The child of that name, or `undefined`; twice the same name is not an answer one can read. */
export function childOf(parent: XmlElement, name: string): XmlElement | undefined {
  const [first, second] = parent.children.filter((child) => child.name === name);
  if (second) throw new Fault(`<${name}> stands twice in <${parent.name}>`);
  return first;
}

/** White space between elements is layout; other text beside elements belongs to nobody. */
function dropLayout(element: OpenElement): void {
  if (element.children.length === 0) return;
  if (element.text.trim() !== '') throw new Fault(`<${element.name}> holds text beside elements`);
  element.text = '';
}
