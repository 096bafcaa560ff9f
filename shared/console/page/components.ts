import type { ComponentType } from 'preact';
import type { PageRoute } from './pages.ts';

/** What each page shows: a file of its own, which is read when the page is first opened. */
export const components: Readonly<
  Record<PageRoute, () => Promise<{ readonly default: ComponentType }>>
> = {
  articles: () => import('./pages/articles.tsx'),
  'auto-replies': () => import('./pages/auto-replies.tsx'),
  audit: () => import('./pages/audit.tsx'),
  broadcasts: () => import('./pages/broadcasts.tsx'),
  clients: () => import('./pages/clients.tsx'),
  codes: () => import('./pages/codes.tsx'),
  followers: () => import('./pages/followers.tsx'),
  jobs: () => import('./pages/jobs.tsx'),
  library: () => import('./pages/library.tsx'),
  menu: () => import('./pages/menu.tsx'),
  overview: () => import('./pages/overview.tsx'),
  templates: () => import('./pages/templates.tsx'),
  operators: () => import('./pages/operators.tsx'),
};
