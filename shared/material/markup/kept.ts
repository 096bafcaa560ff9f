/** What of HTML WeChat keeps in an article, as far as is known: nothing here moves, asks or runs. */

/** Elements that go with all that is in them. */
export const droppedTags: ReadonlySet<string> = new Set(
  (
    'applet audio base button canvas command datalist embed fieldset form frame frameset head iframe input ' +
    'link map math meta noembed noframes noscript object optgroup option param plaintext script select ' +
    'source style svg template textarea title track video xmp'
  ).split(' '),
);

/** Elements that stay. Of any other, what is in it stays. */
export const keptTags: ReadonlySet<string> = new Set(
  (
    'a b blockquote br caption center code col colgroup dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 ' +
    'h6 hr i img ins li mark ol p pre s section small span strong sub sup table tbody td tfoot th thead tr u ul'
  ).split(' '),
);

/** Attributes that stay beside `style` and the addresses, by element. */
export const keptAttributes: Readonly<Record<string, readonly string[]>> = {
  img: ['alt'],
  ol: ['start'],
  td: ['colspan', 'rowspan', 'align'],
  th: ['colspan', 'rowspan', 'align'],
};

const PROPERTIES =
  /^(?:color|opacity|width|height|(?:max|min)-(?:width|height)|display|float|clear|vertical-align|white-space|word-(?:break|wrap)|overflow-wrap|letter-spacing|line-height|text-[a-z-]+|font(?:-[a-z-]+)?|background(?:-[a-z-]+)?|border(?:-[a-z-]+)?|margin(?:-[a-z]+)?|padding(?:-[a-z]+)?|list-style(?:-[a-z]+)?|box-shadow|box-sizing|flex(?:-[a-z]+)?|justify-content|align-(?:items|self))$/;

/** One declaration of a style that stays; those that lay something over the page, or fetch, do not. */
export function isKeptStyle(property: string, value: string): boolean {
  return (
    PROPERTIES.test(property) && !/[<>\\@{}]|url\(|expression|image-set|javascript:/i.test(value)
  );
}
