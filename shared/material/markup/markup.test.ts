import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { articleHtml } from './html.ts';
import { markdownTree } from './markdown.ts';
import { type ArticleNode, articleTree } from './tree.ts';

const cleaned = (html: string) => articleHtml(articleTree(html));
const fromMarkdown = (markdown: string) => articleHtml(markdownTree(markdown));

describe('pasted HTML', () => {
  test('keeps what WeChat keeps', () => {
    const html =
      '<p style="color: red; text-align: center">你好 <strong>世界</strong> &amp; &lt;朋友&gt;</p>' +
      '<img alt="一" src="https://a.example/1.png?x=1&amp;y=2">' +
      '<a href="https://mp.weixin.qq.com/s/1">往期</a>';

    expect(cleaned(html)).toBe(html);
  });

  test.each([
    ['a script', '<script>alert(1)</script><p>a</p>', '<p>a</p>'],
    ['a script in an SVG', '<svg><script>x</script><p>b</p></svg><p>a</p>', '<p>a</p>'],
    ['a handler', '<p onclick="x()" class="b" id="c">a</p>', '<p>a</p>'],
    ['a frame', '<iframe srcdoc="<script>x</script>"></iframe>a', 'a'],
    ['a style sheet', '<style>p { color: red }</style>a', 'a'],
    ['a form', '<form action="https://evil.example"><input name="p"></form>a', 'a'],
    ['a link of a script', '<a href="javascript:x()">a</a>', '<a>a</a>'],
    ['a link that hides it', '<a href=" java\nscript:x()">a</a>', '<a>a</a>'],
    ['a picture of a script', '<img src="javascript:x()">', '<img>'],
    ['a picture that is a document', '<img src="data:text/html;base64,eA==">', '<img>'],
    ['what lies over the page', '<p style="position:fixed;top:0">a</p>', '<p>a</p>'],
    ['a style that fetches', '<p style="background:url(https://evil.example)">a</p>', '<p>a</p>'],
    ['a comment', '<!-- <p>b</p> -->a', 'a'],
    ['a part of Word', '<o:p>a</o:p>', 'a'],
    ['a block of a web page', '<div><article>a</article></div>', '<section>a</section>'],
    [
      'WeChat’s own picture',
      '<img data-src="https://b.example/1" src="x">',
      '<img src="https://b.example/1">',
    ],
  ])('%s is left out, or turned into what WeChat takes', (_, html, expected) => {
    expect(cleaned(html)).toBe(expected);
  });

  test('whatever it is, it is clean: cleaned again it is the same, and nothing in it runs', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ...['<p>', '</p>', '<script>', '</script>', '<svg>', '<math>', '<style>', '<!--', '-->'],
        ...[
          '<a href="javascript:x">',
          '<img src=x onerror=y>',
          '<table>',
          '<td>',
          '"',
          '<![CDATA[',
        ],
        ...['<textarea>', '</textarea>', '<noscript>', '<p style="', 'color:red', '<br/>', '&lt;'],
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const once = cleaned(pieces.join(''));
        const tags = [...once.matchAll(/<(\/?[a-z0-9]+)/g)].map(([, tag]) => tag);

        expect(cleaned(once)).toBe(once);
        expect(once).not.toMatch(/<[^>]* (?:on\w+|class)=|<(?:script|svg|style|iframe|textarea)/i);
        expect(tags.every((tag) => /^\/?[a-z][a-z0-9]*$/.test(tag ?? ''))).toBe(true);
      }),
    );
  });

  test('a tree of any depth is read, and is deep no more', () => {
    const depth = (nodes: readonly ArticleNode[]): number =>
      Math.max(
        0,
        ...nodes.map((node) => (typeof node === 'string' ? 0 : 1 + depth(node.children))),
      );

    const tree = articleTree(`${'<section>'.repeat(50_000)}a`);

    expect(depth(tree)).toBe(100);
  });
});

describe('Markdown', () => {
  test('becomes elements that carry their own styles', () => {
    const html = fromMarkdown('# 春茶\n\n**新茶**上市\n\n- 龙井\n- [x] 碧螺春');

    expect(html).toMatch(/^<h1 style="[^"]*font-size: 22px[^"]*">春茶<\/h1>/);
    expect(html).toMatch(/<p style="[^"]+"><strong>新茶<\/strong>上市<\/p>/);
    expect(html).toMatch(/<li style="[^"]+">龙井<\/li>/);
    expect(html).toContain('☑ ');
  });

  test('a link that articles may not have keeps its address as words', () => {
    const html = fromMarkdown(
      '[官网](https://example.com/) <https://example.com/> [往期](https://mp.weixin.qq.com/s/1)',
    );

    expect(html).toContain('<span>官网（https://example.com/）</span>');
    expect(html).toContain('<span>https://example.com/</span>');
    expect(html).toContain('<a href="https://mp.weixin.qq.com/s/1">往期</a>');
  });

  test('HTML in it is cleaned like pasted HTML', () => {
    expect(
      fromMarkdown('<script>x</script>\n\n[a](javascript:x) <b onclick="x">b</b>'),
    ).not.toMatch(/script|onclick/);
  });
});
