import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { outsidePictures } from './article-pictures.ts';

const A = 'https://shop.example/a.png?x=1&y=2';
const ESCAPED = 'https://shop.example/a.png?x=1&amp;y=2';
const urlsIn = (html: string) => outsidePictures(html).map(({ url }) => url);

describe('pictures that are not on the host of WeChat', () => {
  test.each([
    ['an img', `<p><img alt="1" src="${ESCAPED}"></p>`],
    ['an img without quotes', `<img src=${A}>`],
    ['an img in capitals and on two lines', `<IMG\n SRC = '${A}' />`],
    ['an img that loads late', `<img data-src="${A}">`],
    ['a style of a section', `<section style="color: red; background: url('${A}') no-repeat">x`],
    [
      'a style with escaped quotes',
      `<p style="background-image:url(&quot;${ESCAPED}&quot;)">x</p>`,
    ],
    ['a style without quotes', `<p style="background:URL( ${A} )">x</p>`],
    ['a picture of an SVG', `<svg><image xlink:href="${A}" /></svg>`],
    ['a picture of an SVG, as of today', `<svg><image href="${A}"/></svg>`],
    ['the poster of a video', `<video poster="${A}" src="https://shop.example/v.mp4"></video>`],
    ['a background of old', `<table background="${A}"><tr><td></td></tr></table>`],
  ])('are found in %s', (_, html) => {
    expect(urlsIn(html)).toEqual([A]);
  });

  test('are found one by one in a srcset, with the place of each', () => {
    const html = '<img srcset="https://a.example/1.png 1x, https://a.example/2.png 2x">';

    const found = outsidePictures(html);

    expect(found.map(({ url }) => url)).toEqual([
      'https://a.example/1.png',
      'https://a.example/2.png',
    ]);
    expect(found.map(({ start, end }) => html.slice(start, end))).toEqual(
      found.map(({ url }) => url),
    );
  });

  test.each([
    ['one of WeChat', '<img src="https://mmbiz.qpic.cn/mmbiz_png/x/0?wx_fmt=png">'],
    ['one of WeChat in a style', '<p style="background:url(//mmbiz.qpic.cn/x)">x</p>'],
    ['an empty address', '<img src="">'],
    ['a part of the SVG itself', '<svg><image href="#a"/></svg>'],
    ['a comment', `<!-- <img src="${A}"> -->`],
    ['a text', `&lt;img src="${A}"&gt;`],
    ['a link', `<a href="${A}">x</a>`],
  ])('are none: %s', (_, html) => {
    expect(urlsIn(html)).toEqual([]);
  });

  test('stand where they are said to stand, whatever is around them', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.webUrl(), (before, after, url) => {
        const html = `${before}"'>--><img src="${url}">${after}`;
        for (const { start, end, url: found } of outsidePictures(html)) {
          expect(html.slice(start, end).replaceAll('&amp;', '&')).toBe(found);
        }
      }),
    );
  });
});
