import { language, theme, themes } from './choices.ts';

const words = {
  language: ['English', '中文'],
  theme: ['主题', 'Theme'],
  auto: ['跟随系统', 'auto'],
  light: ['浅色', 'light'],
  dark: ['深色', 'dark'],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>;

/** Changes the colours and the language of a page. */
export function LookButtons() {
  const say = (word: keyof typeof words) => words[word][language.value === 'zh' ? 0 : 1];
  const next = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'auto';
  return (
    <>
      <button
        type="button"
        class="tool"
        onClick={() => {
          theme.value = next;
        }}
      >
        {say('theme')}
        {language.value === 'zh' ? '：' : ': '}
        {say(theme.value)}
      </button>
      <button
        type="button"
        class="tool"
        onClick={() => {
          language.value = language.value === 'zh' ? 'en' : 'zh';
        }}
      >
        {say('language')}
      </button>
    </>
  );
}
