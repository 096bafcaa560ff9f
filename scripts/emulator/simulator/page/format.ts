const two = (value: number) => String(value).padStart(2, '0');

/** `14:03`. */
export function clockTime(ms: number): string {
  const date = new Date(ms);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `14:03:21.456`. */
export function exactTime(ms: number): string {
  const date = new Date(ms);
  return `${clockTime(ms)}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `2026-11-25 14:03:21`. */
export function dateTime(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${clockTime(ms)}:${two(date.getSeconds())}`;
}

const units = [
  { zh: '天', en: 'd', size: 86_400_000 },
  { zh: '小时', en: 'h', size: 3_600_000 },
  { zh: '分钟', en: 'min', size: 60_000 },
  { zh: '秒', en: 's', size: 1_000 },
] as const;

/** `1 h 59 min`, `1 小时 59 分钟`, `12 s`: two units at most. */
export function spanIn(language: 'zh' | 'en', ms: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, ms);
  for (const { size, [language]: unit } of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(' ') || `0 ${units[3][language]}`;
}

/** JSON and XML with line breaks; anything else as it is. */
export function pretty(text: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith('<')) return prettyXml(trimmed);
  try {
    return JSON.stringify(JSON.parse(trimmed), null, 2);
  } catch {
    return text;
  }
}

/** For reading only: a break before each tag that opens something, and before the last ones. */
function prettyXml(xml: string): string {
  let depth = 0;
  const parts = xml.match(/<!\[CDATA\[[\s\S]*?\]\]>|<\/?[^>]+>|[^<]+/g) ?? [xml];
  let out = '';
  let wasOpen = false;
  for (const part of parts) {
    if (part.startsWith('</')) {
      depth -= 1;
      out += wasOpen ? part : `\n${'  '.repeat(Math.max(0, depth))}${part}`;
      wasOpen = false;
    } else if (part.startsWith('<') && !part.startsWith('<!')) {
      out += `${out ? '\n' : ''}${'  '.repeat(depth)}${part}`;
      depth += part.endsWith('/>') ? 0 : 1;
      wasOpen = true;
    } else if (part.trim() !== '') out += part;
  }
  return out;
}
