import type { Language } from '../project/language.ts';
import { actionReference } from './action-reference.ts';
import { endpointReference } from './endpoint-reference.ts';
import { eventReference } from './event-reference.ts';

const makers = {
  'reference-actions.md': actionReference,
  'reference-events.md': eventReference,
  'reference-endpoints.md': endpointReference,
} as const;
const folders: Readonly<Record<Language, string>> = { en: 'docs', zh: 'docs/zh-CN' };

/** The pages that are made from tables and schemas, by their paths from the root of the project. */
export function references(): Readonly<Record<string, string>> {
  const pages = (Object.keys(folders) as Language[]).flatMap((language) =>
    Object.entries(makers).map(([name, make]) => [`${folders[language]}/${name}`, make(language)]),
  );
  return Object.fromEntries(pages);
}
