import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plain } from './plain.ts';

describe('plain', () => {
  test.each([
    ['text', '你好，世界。', '你好，世界。'],
    ['bold, italic and struck words', '**很** *好* ~~no~~ __yes__', '很 好 no yes'],
    ['a heading', '# 订单\n\n已发货', '【订单】\n\n已发货'],
    ['a heading with marks', '## The **best** `way`', '【The best way】'],
    ['a list', '- one\n- **two**\n- three', '• one\n• two\n• three'],
    ['a numbered list that begins anywhere', '3. three\n4. four', '3. three\n4. four'],
    ['a list in a list', '- one\n  - in it\n- two', '• one\n  • in it\n• two'],
    ['a list with paragraphs', '- one\n\n- two', '• one\n• two'],
    ['tasks', '- [x] done\n- [ ] open', '• ☑ done\n• ☐ open'],
    ['code in a line', 'Run `npm **start**`.', 'Run npm **start**.'],
    ['a fenced block', '```js\nconst a = 1;\n  # no heading\n```', 'const a = 1;\n  # no heading'],
    ['a link', '[Docs](https://example.com/a_b)', 'Docs (https://example.com/a_b)'],
    ['an address', 'https://example.com/a_b_c', 'https://example.com/a_b_c'],
    ['a link of its own words', '<https://example.com>', 'https://example.com'],
    ['a picture', '![cat](https://e.cn/c.png)', 'cat (https://e.cn/c.png)'],
    ['a quotation', '> one\n> two', '> one\n> two'],
    ['a line', 'one\n\n---\n\ntwo', 'one\n\n————\n\ntwo'],
    [
      'a table',
      '| 城市 | 气温 |\n|---|---|\n| 北京 | **3** |\n| 上海 | 9 |',
      '城市：北京；气温：3\n城市：上海；气温：9',
    ],
    ['tags', 'one<br>two <b>bold</b> <!-- no -->', 'one\ntwo bold'],
    ['a link of WeChat', '<a href="https://e.cn">go</a>', '<a href="https://e.cn">go</a>'],
    ['escaped marks', '2 \\* 3 \\# 4', '2 * 3 # 4'],
    ['arithmetic and names', '2 * 3 * 4 = 24, snake_case_name', '2 * 3 * 4 = 24, snake_case_name'],
    ['comparisons', 'if a < b && b > c', 'if a < b && b > c'],
    ['nothing', '', ''],
  ])('%s', (_, markdown, expected) => {
    expect(plain(markdown)).toBe(expected);
  });

  test('words without marks stay, whatever they are', () => {
    const words = fc.array(fc.constantFrom('你好', '世界', 'hello', '，', '。', '3', '👍🏽'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(words, (pieces) => {
        const text = `字${pieces.join('')}`;

        expect(plain(text)).toBe(text);
      }),
    );
  });

  test('takes whatever a model writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'*_`#>-[]()|!<a \n1.~\\') }), (markdown) => {
        expect(typeof plain(markdown)).toBe('string');
      }),
    );
  });
});
