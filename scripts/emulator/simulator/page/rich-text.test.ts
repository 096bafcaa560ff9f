import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isSafe, piecesOf } from './rich-text.ts';

describe('the text of a bubble', () => {
  test('addresses are links, up to the punctuation of the sentence', () => {
    expect(piecesOf('看 https://a.b/c?d=1，再见', false)).toEqual([
      { kind: 'text', text: '看 ' },
      { kind: 'link', text: 'https://a.b/c?d=1', url: 'https://a.b/c?d=1' },
      { kind: 'text', text: '，再见' },
    ]);
  });

  test('anchors are links in what the account says, and letters in what a follower says', () => {
    const text = '点<a href="https://a.b/">这里</a>';

    expect(piecesOf(text, true)).toEqual([
      { kind: 'text', text: '点' },
      { kind: 'link', text: '这里', url: 'https://a.b/' },
    ]);
    expect(piecesOf(text, false)[0]).toEqual({ kind: 'text', text: '点<a href="' });
  });

  test('a menu inside a message says what it was told to', () => {
    const href = 'weixin://bizmsgmenu?msgmenucontent=%E6%BB%A1%E6%84%8F&msgmenuid=7';

    expect(piecesOf(`<a href='${href}'>好</a>`, true)).toEqual([
      { kind: 'choice', text: '好', said: '满意', id: '7' },
    ]);
  });

  test('smileys in brackets are emoji; other brackets stay', () => {
    expect(piecesOf('[微笑][图片]', false)).toEqual([{ kind: 'text', text: '🙂[图片]' }]);
  });

  test('nothing but web pages is ever a link', () => {
    for (const href of ['javascript:alert(1)', 'data:text/html,x', '//a.b', 'file:///etc/passwd']) {
      expect(isSafe(href)).toBe(false);
      expect(piecesOf(`<a href="${href}">x</a>`, true)).toEqual([{ kind: 'text', text: 'x' }]);
    }
  });

  test('no letter is lost or invented where there is no markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[<[]/.test(text));
        expect(
          piecesOf(text, true)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
