import type { ApiAccount, Switches } from './options.ts';
import { type Calendar, createCalendar } from './state/calendar.ts';
import { type Calls, createCalls } from './state/calls.ts';
import { createEmulatedClock, type EmulatedClock } from './state/clock.ts';
import { createFaults, type Faults } from './state/faults.ts';
import { createQuotas, type Quotas } from './state/quotas.ts';
import { createRids, type Rids } from './state/rids.ts';
import { createStatistics, type StatisticsBook } from './state/statistics.ts';
import { createStorage, type Storage } from './state/storage.ts';
import { createTickets, type Tickets } from './state/tickets.ts';
import { createTokens, type Tokens } from './state/tokens.ts';
import { createWhitelist, type Whitelist } from './state/whitelist.ts';

/** All that WeChat knows and remembers about one account. */
export interface World {
  readonly account: ApiAccount;
  readonly switches: Switches;
  readonly clock: EmulatedClock;
  readonly calendar: Calendar;
  readonly storage: Storage;
  readonly tokens: Tokens;
  readonly tickets: Tickets;
  readonly quotas: Quotas;
  readonly rids: Rids;
  readonly whitelist: Whitelist;
  readonly statistics: StatisticsBook;
  readonly faults: Faults;
  readonly calls: Calls;
  /** Where pushes go; `undefined` while the account has no callback. */
  readonly callbackUrl: () => string | undefined;
}

export interface WorldOptions {
  readonly account: ApiAccount;
  readonly now: () => number;
  readonly switches: Switches;
  readonly stateDir: string | undefined;
  readonly ipWhitelist: readonly string[] | undefined;
  readonly callbackUrl: () => string | undefined;
}

export function createWorld(options: WorldOptions): World {
  const { account, switches, callbackUrl } = options;
  const { secret } = account;
  const storage = createStorage(options.stateDir);
  const clock = createEmulatedClock(storage, options.now);
  const { now } = clock;
  const calendar = createCalendar(now, switches.dayUtcOffsetHours);
  return {
    account,
    switches,
    clock,
    calendar,
    storage,
    tokens: createTokens(storage, { secret, now, calendar }),
    tickets: createTickets(storage, { secret, now }),
    quotas: createQuotas(storage, { calendar, isTestAccount: switches.testAccount }),
    rids: createRids(storage, now),
    whitelist: createWhitelist(storage, options.ipWhitelist),
    statistics: createStatistics(storage),
    faults: createFaults(),
    calls: createCalls(),
    callbackUrl,
  };
}
