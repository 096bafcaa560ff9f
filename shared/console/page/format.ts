import { language } from './look/choices.ts';

function locale(): string {
  return language.value === 'zh' ? 'zh-CN' : 'en-GB';
}

/** `11-28 23:05`, in the time zone of the browser. */
export function dateTime(at: number | string): string {
  const options = {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  } as const;
  return new Date(at).toLocaleString(locale(), options);
}

/** The same in China, whose days and hours WeChat counts. */
export function chinaTime(at: number): string {
  return new Date(at).toLocaleString(locale(), {
    timeZone: 'Asia/Shanghai',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}

/** `2026-11-28` or `28/11/2026`, in the time zone of the browser. */
export function day(at: number): string {
  return new Date(at).toLocaleDateString(locale(), {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
}

/** `12,345`. */
export function number(value: number): string {
  return value.toLocaleString(locale());
}
