import type { Language } from '../project/language.ts';
import { actionReference } from './action-reference.ts';
import { endpointReference } from './endpoint-reference.ts';
import { eventReference } from './event-reference.ts';
import { operationNames } from './operation-names.ts';

const makers = {
  'reference-actions.md': actionReference,
  'reference-events.md': eventReference,
  'reference-endpoints.md': endpointReference,
} as const;
const folders: Readonly<Record<Language, string>> = { en: 'docs', zh: 'docs/zh-CN' };

/** What is made from tables and schemas, pages and a module, by its path from the root of the project. */
export function references(): Readonly<Record<string, string>> {
  const pages = (Object.keys(folders) as Language[]).flatMap((language) =>
    Object.entries(makers).map(([name, make]) => [`${folders[language]}/${name}`, make(language)]),
  );
  return {
    ...Object.fromEntries(pages),
    'shared/wechat/client/operation-names.ts': operationNames(),
  };
}
