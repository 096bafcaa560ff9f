/** A piece of a text as WeChat shows it. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** A tap says `said` to the account, with this id. */
  | { readonly kind: 'choice'; readonly text: string; readonly said: string; readonly id: string };

const ANCHOR = /<a\s[^>]*?href\s*=\s*(["'])(.*?)\1[^>]*>([\s\S]*?)<\/a>/gi;
const ADDRESS = /https?:\/\/[^\s<>"'，。；！？）】》、]+/g;

/** Addresses become links; in texts of the account `<a href>` does too, and nothing else of HTML. */
export function piecesOf(text: string, isRich: boolean): readonly Piece[] {
  if (!isRich) return withAddresses(withEmoji(text));
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ANCHOR)) {
    const [whole, , href = '', label = ''] = match;
    pieces.push(...withAddresses(withEmoji(text.slice(end, match.index))), linkTo(href, label));
    end = match.index + whole.length;
  }
  return [...pieces, ...withAddresses(withEmoji(text.slice(end)))];
}

function linkTo(href: string, label: string): Piece {
  const text = withEmoji(label.replaceAll(/<[^>]*>/g, ''));
  if (href.startsWith('weixin://bizmsgmenu?')) {
    const query = new URLSearchParams(href.slice(href.indexOf('?')));
    const said = query.get('msgmenucontent') ?? text;
    return { kind: 'choice', text, said, id: query.get('msgmenuid') ?? '' };
  }
  return isSafe(href) ? { kind: 'link', text, url: href } : { kind: 'text', text };
}

function withAddresses(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    pieces.push({ kind: 'link', text: match[0], url: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

/** Whatever the account sends, no address but of a web page is ever opened. */
export function isSafe(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** WeChat's own smileys, written in brackets, by the nearest emoji. */
const smileys: Readonly<Record<string, string>> = {
  微笑: '🙂',
  撇嘴: '😟',
  色: '😍',
  发呆: '😳',
  得意: '😎',
  流泪: '😭',
  害羞: '☺️',
  睡: '😴',
  大哭: '😭',
  尴尬: '😅',
  发怒: '😡',
  调皮: '😜',
  呲牙: '😁',
  惊讶: '😮',
  难过: '🙁',
  抓狂: '😫',
  偷笑: '🤭',
  愉快: '😊',
  白眼: '🙄',
  困: '😪',
  惊恐: '😱',
  憨笑: '😄',
  疑问: '❓',
  晕: '😵',
  再见: '👋',
  擦汗: '😓',
  鼓掌: '👏',
  坏笑: '😏',
  委屈: '🥺',
  快哭了: '🥹',
  可怜: '🥺',
  笑脸: '😄',
  捂脸: '🤦',
  奸笑: '😏',
  机智: '🧐',
  耶: '✌️',
  加油: '💪',
  天啊: '😱',
  玫瑰: '🌹',
  凋谢: '🥀',
  爱心: '❤️',
  心碎: '💔',
  蛋糕: '🎂',
  咖啡: '☕',
  月亮: '🌙',
  太阳: '☀️',
  拥抱: '🤗',
  强: '👍',
  弱: '👎',
  握手: '🤝',
  胜利: '✌️',
  抱拳: '🙏',
  勾引: '👉',
  拳头: '👊',
  OK: '👌',
  啤酒: '🍺',
  庆祝: '🎉',
  礼物: '🎁',
  红包: '🧧',
  发: '🀅',
  福: '🧧',
  烟花: '🎆',
  爆竹: '🧨',
  猪头: '🐷',
};

function withEmoji(text: string): string {
  return text.replaceAll(/\[([^[\]\s]{1,4})\]/g, (whole, name: string) =>
    Object.hasOwn(smileys, name) ? (smileys[name] ?? whole) : whole,
  );
}
