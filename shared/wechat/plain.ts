import { lexer, type Token, type Tokens } from 'marked';

/**
 * Markdown, as language models write it, turned into what a chat of WeChat shows: no `**`, no `#`,
 * lists with bullets, addresses in brackets behind their words, tables as lines. Text that is no
 * Markdown stays as it is.
 *
 * @example ctx.reply(clip(plain(answer)))
 */
export function plain(markdown: string): string {
  return blocks(lexer(markdown)).trim();
}

/** Blocks with an empty line between two, as in Markdown. */
function blocks(tokens: readonly Token[], between = '\n\n'): string {
  return tokens
    .filter(({ type }) => type !== 'space' && type !== 'def')
    .map(block)
    .filter((text) => text !== '')
    .join(between);
}

function block(token: Token): string {
  switch (token.type) {
    case 'heading':
      return `【${inline(token.tokens)}】`;
    case 'code':
      return token.text;
    case 'blockquote':
      return indented('> ', blocks(token.tokens ?? []), '> ');
    case 'list':
      return list(token as Tokens.List);
    case 'table':
      return table(token as Tokens.Table);
    case 'hr':
      return '————';
    case 'html':
      return withoutTags(token.text).trim();
    default:
      return 'tokens' in token && token.tokens ? inline(token.tokens) : inlineOne(token);
  }
}

function list({ items, ordered, start }: Tokens.List): string {
  return items
    .map((item, index) => {
      const number = ordered ? `${Number(start || 1) + index}. ` : '• ';
      const box = item.task ? (item.checked ? '☑ ' : '☐ ') : '';
      const content = item.tokens.filter(({ type }) => type !== 'checkbox');
      return indented(number + box, blocks(content, '\n'), '  ');
    })
    .join('\n');
}

/** A phone is too narrow for columns: a line for each row, with the header's words at each cell. */
function table({ header, rows }: Tokens.Table): string {
  const names = header.map(({ tokens }) => inline(tokens));
  return rows
    .map((row) =>
      row
        .map(({ tokens }, column) => {
          const name = names[column];
          return name ? `${name}：${inline(tokens)}` : inline(tokens);
        })
        .join('；'),
    )
    .join('\n');
}

function indented(first: string, text: string, others: string): string {
  return first + text.replaceAll('\n', `\n${others}`);
}

const inline = (tokens: readonly Token[] = []): string => tokens.map(inlineOne).join('');

function inlineOne(token: Token): string {
  switch (token.type) {
    case 'link': {
      const words = inline(token.tokens);
      const address = token.href.replace(/^mailto:/, '');
      return words === address || words === token.href ? words : `${words} (${token.href})`;
    }
    case 'image':
      return token.text ? `${token.text} (${token.href})` : token.href;
    case 'br':
      return '\n';
    case 'codespan':
      return token.text;
    case 'html':
      return withoutTags(token.text);
    case 'checkbox':
      return '';
    default:
      return 'tokens' in token && token.tokens ? inline(token.tokens) : characters(token);
  }
}

/** `<br>` is a line; what other tags say, a chat cannot show. WeChat's own links stay. */
function withoutTags(html: string): string {
  return html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<!--[\s\S]*?-->|<\/?(?!a[\s>])[a-z][^<>]*>/gi, '');
}

const characters = (token: Token): string => ('text' in token ? token.text : token.raw);
