import { action, noPayload } from '../../kernel/action.ts';
import type { App } from '../../kernel/app.ts';
import type { Overview } from '../../monitoring/overview.ts';

export interface OverviewApp extends App {
  readonly overview: Overview;
}

/** How the account stands, for the first page of the console. */
export const overviewActions = {
  status: action(noPayload, (_, { overview }: OverviewApp) => overview.status()),
  days: action(noPayload, (_, { overview }: OverviewApp) => overview.days()),
};
