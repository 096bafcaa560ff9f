import type { Language } from '../project/language.ts';
import { actionReference } from './action-reference.ts';
import { apiReference } from './api-reference.ts';
import { endpointReference } from './endpoint-reference.ts';
import { eventReference } from './event-reference.ts';
import { exportedFrom } from './exported.ts';
import { operationNames } from './operation-names.ts';
import { operationTypes } from './operation-types.ts';

const makers = {
  'reference-api.md': apiReference,
  'reference-actions.md': actionReference,
  'reference-events.md': eventReference,
  'reference-endpoints.md': endpointReference,
} as const;
const folders: Readonly<Record<Language, string>> = { en: 'docs', zh: 'docs/zh-CN' };

/** What is made from tables and schemas, pages and modules, by path from the root of the project. */
export function references(): Readonly<Record<string, string>> {
  const exported = exportedFrom('shared/index.ts');
  const pages = (Object.keys(folders) as Language[]).flatMap((language) =>
    Object.entries(makers).map(([name, make]) => [
      `${folders[language]}/${name}`,
      make(language, exported),
    ]),
  );
  return {
    ...Object.fromEntries(pages),
    'shared/wechat/client/operation-names.ts': operationNames(),
    'shared/wechat/client/operations.ts': operationTypes(),
  };
}
