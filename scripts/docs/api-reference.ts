import type { Language } from '../project/language.ts';
import { chapters } from './api-texts.ts';
import type { Exported } from './exported.ts';

const words = {
  en: {
    title: '# What an account imports',
    other: '[中文](zh-CN/reference-api.md)',
    intro:
      'All that `account.ts` and its tests import, made by `npm run docs` from [`shared/index.ts`](../shared/index.ts) and the comments in the code: as the compiler declares it, so that types which are not listed here stand in the sources. An editor shows the same. Beside it: [messages and events](reference-events.md), [endpoints](reference-endpoints.md).',
  },
  zh: {
    title: '# 账号可以导入的一切',
    other: '[English](../reference-api.md)',
    intro:
      '`account.ts` 及其测试可导入的一切，由 `npm run docs` 根据 [`shared/index.ts`](../../shared/index.ts) 和代码中的注释生成；声明与编译器输出一致，其中的注释保留英文原文，这里没有列出的类型见源码。编辑器里显示的也是这些。另见：[消息与事件](reference-events.md)、[微信接口](reference-endpoints.md)。',
  },
} as const;

/**
 * The page of the API, in one language.
 *
 * @throws Error that names what is exported and in no chapter, or the other way round.
 */
export function apiReference(language: Language, all: readonly Exported[]): string {
  const { title, other, intro } = words[language];
  const byName = new Map(all.map((each) => [each.name, each]));
  const listed = chapters.flatMap((chapter) => Object.keys(chapter.exports));
  const wrong = [
    ...all.map(({ name }) => name).filter((name) => !listed.includes(name)),
    ...listed.filter((name) => !byName.has(name)),
  ];
  if (wrong.length > 0) {
    throw new Error(`scripts/docs/api-texts.ts and shared/index.ts differ in ${wrong.join(', ')}.`);
  }
  const parts = chapters.flatMap((chapter) => [
    `## ${chapter.title[language]}`,
    ...Object.entries(chapter.exports).flatMap(([name, chinese]) => {
      const one = byName.get(name);
      return one ? entry(one, language === 'zh' ? chinese : one.about) : [];
    }),
  ]);
  return `${[title, other, intro, ...parts].join('\n\n')}\n`;
}

function entry({ name, examples, declaration }: Exported, about: string): readonly string[] {
  return [
    `### ${name}`,
    ...(about ? [about] : []),
    ...[declaration, ...examples].map((code) => `\`\`\`ts\n${code}\n\`\`\``),
  ];
}
