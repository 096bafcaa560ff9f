import type { Page } from 'playwright-core';

/**
 * What a reader of the page would stumble over: text that is cut, that lies on other text or
 * beyond its box, and content that is wider than the window. Text that ends in an ellipsis, and
 * what can be scrolled to in a box that scrolls, is not cut.
 */
export function layoutFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(MEASURE);
}

/** Runs in the page, which has its own types. */
const MEASURE = `(() => {
  /** Sizes are fractions of pixels. */
  const SLACK = 1;
  /** Two words closer than this read as one. */
  const GAP = 3;
  const faults = new Set();
  const say = (what, text) => faults.add(what + ': ' + text.trim().slice(0, 60));
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) say('the page is too wide', root.scrollWidth + ' px');

  // Lines of tabs, of pages and of collections are swiped; code keeps its own lines.
  for (const box of document.querySelectorAll('body *')) {
    const { overflowX } = getComputedStyle(box);
    const isSwiped = box.closest('.panel-tabs, .follower-tabs, .side, .collections, pre') !== null;
    if (overflowX !== 'auto' || isSwiped || box.scrollWidth <= box.clientWidth) continue;
    say('scrolls sideways', box.className + ' by ' + (box.scrollWidth - box.clientWidth) + ' px');
  }

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!/\\S/.test(node.data) || element.closest('.unseen, style, script, option, svg')) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const seen = visiblePart(element, box, node.data);
      if (seen) texts.push({ node, ...seen });
    }
  }

  texts.sort((a, b) => a.top - b.top);
  for (let first = 0; first < texts.length; first += 1) {
    for (let second = first + 1; second < texts.length; second += 1) {
      const [a, b] = [texts[first], texts[second]];
      if (b.top > a.bottom) break;
      if (a.node === b.node || isApart(a.node, b.node)) continue;
      const isSameLine = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
      const gap = Math.max(a.left, b.left) - Math.min(a.right, b.right);
      if (isSameLine && gap < -SLACK) say('text on text', a.node.data + ' | ' + b.node.data);
      const [left, right] = a.left <= b.left ? [a, b] : [b, a];
      const areCells =
        left.node.parentElement !== right.node.parentElement && !areWords(left.node, right.node);
      if (isSameLine && areCells && gap >= -SLACK && gap < GAP) {
        say('glued', a.node.data + ' | ' + b.node.data);
      }
    }
  }
  return [...faults];

  /** As much of a text as can be seen; what an ancestor cuts off, other than by an ellipsis, is told. */
  function visiblePart(element, { left, right, top, bottom }, text) {
    let seen = { left, right, top, bottom };
    for (let box = element; box && box !== root; box = box.parentElement) {
      const style = getComputedStyle(box);
      // For readers of screens alone, such as the head of a table whose rows became cards.
      if (style.clipPath === 'inset(50%)') return undefined;
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const rect = box.getBoundingClientRect();
      const scrollsX = style.overflowX === 'auto' || style.overflowX === 'scroll';
      const scrollsY = style.overflowY === 'auto' || style.overflowY === 'scroll';
      const hasEllipsis = style.textOverflow === 'ellipsis';
      const isWide = seen.right > rect.right + SLACK || seen.left < rect.left - SLACK;
      const isTall = seen.bottom > rect.bottom + SLACK || seen.top < rect.top - SLACK;
      if (isWide && !scrollsX && !hasEllipsis) say('cut at the side', text);
      if (isTall && !scrollsY) say('cut below or above', text);
      if (isWide && hasEllipsis && rect.width < 24) say('nothing is left but dots', text);
      seen = {
        left: Math.max(seen.left, rect.left),
        right: Math.min(seen.right, rect.right),
        top: Math.max(seen.top, rect.top),
        bottom: Math.min(seen.bottom, rect.bottom),
      };
      if (seen.left >= seen.right || seen.top >= seen.bottom) return undefined;
    }
    if (right > innerWidth + SLACK && seen.right > innerWidth + SLACK) say('beyond the window', text);
    return seen;
  }

  /** One of two layers of the page covers the other on purpose. */
  function isApart(a, b) {
    const layer = (node) => node.parentElement.closest('.complaint, .sheet, .web-view, .toast');
    return layer(a) !== layer(b);
  }

  /** Words of one sentence stand apart by spaces or punctuation, whatever elements they are in. */
  function areWords(a, b) {
    return /[\\s:·/,，。：（(“]$/.test(a.data) || /^[\\s:·/,.，。：）)”×]/.test(b.data);
  }
})()`;
