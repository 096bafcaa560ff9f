import { computed, effect, signal } from '@preact/signals';

/** A choice that the browser remembers. */
export function remembered<T extends string>(name: string, values: readonly T[], initial: T) {
  const kept = localStorage.getItem(`fuwuhao.${name}`) as T | null;
  const choice = signal(
    kept !== null && (values.length === 0 || values.includes(kept)) ? kept : initial,
  );
  effect(() => localStorage.setItem(`fuwuhao.${name}`, choice.value));
  return choice;
}

const languages = ['zh', 'en'] as const;
export const language = remembered(
  'language',
  languages,
  navigator.language.startsWith('zh') ? 'zh' : 'en',
);

export const themes = ['auto', 'light', 'dark'] as const;
export const theme = remembered('theme', themes, 'auto');

const media = matchMedia('(prefers-color-scheme: dark)');
const prefersDark = signal(media.matches);
media.addEventListener('change', () => {
  prefersDark.value = media.matches;
});

/** Whether the page is dark now, by choice or because the system is. */
export const isDark = computed(
  () => theme.value === 'dark' || (theme.value === 'auto' && prefersDark.value),
);

effect(() => {
  document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light';
});
effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
});
