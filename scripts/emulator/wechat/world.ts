import type { Clock } from '../../../shared/kernel/clock.ts';
import type { Followers } from './followers.ts';
import type { ApiAccount, Switches } from './options.ts';
import { type Agenda, createAgenda } from './state/agenda.ts';
import { type Announcements, createAnnouncements, type PushEvent } from './state/announcements.ts';
import { type AutoReplies, createAutoReplies } from './state/auto-replies.ts';
import { type Calendar, createCalendar } from './state/calendar.ts';
import { type Calls, createCalls } from './state/calls.ts';
import { createShiftedClock, type EmulatedClock } from './state/clock.ts';
import { createDrafts, type Drafts } from './state/drafts.ts';
import { createFaults, type Faults } from './state/faults.ts';
import { createMassSends, type MassSends } from './state/mass-sends.ts';
import { createMaterials, type Materials } from './state/materials.ts';
import { createMedia, type Media } from './state/media.ts';
import { createMenus, type Menus } from './state/menus.ts';
import { createOutcomes, type Outcomes } from './state/outcomes.ts';
import { createPublications, type Publications } from './state/publications.ts';
import { createQuotas, type Quotas } from './state/quotas.ts';
import { createRids, type Rids } from './state/rids.ts';
import { createStatistics, type StatisticsBook } from './state/statistics.ts';
import { type Blobs, createStorage, type Storage } from './state/storage.ts';
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
  readonly followers: Followers;
  readonly agenda: Agenda;
  readonly announcements: Announcements;
  readonly outcomes: Outcomes;
  /** Every file there is, by its media id. */
  readonly files: Blobs;
  readonly media: Media;
  readonly materials: Materials;
  readonly menus: Menus;
  readonly autoReplies: AutoReplies;
  readonly drafts: Drafts;
  readonly publications: Publications;
  readonly massSends: MassSends;
  /** Where pushes go; `undefined` while the account has no callback. */
  readonly callbackUrl: () => string | undefined;
}

export interface WorldOptions {
  readonly account: ApiAccount;
  readonly now: Clock['now'];
  readonly after: Clock['after'];
  readonly switches: Switches;
  readonly stateDir: string | undefined;
  readonly ipWhitelist: readonly string[] | undefined;
  readonly callbackUrl: () => string | undefined;
  readonly pushEvent: PushEvent | undefined;
  readonly followers: Followers;
}

export function createWorld(options: WorldOptions): World {
  const { account, switches, callbackUrl, followers } = options;
  const { secret } = account;
  const storage = createStorage(options.stateDir);
  const shifted = createShiftedClock(storage, options.now);
  const { now } = shifted;
  const calendar = createCalendar(now, switches.dayUtcOffsetHours);
  const announcements = createAnnouncements(now, options.pushEvent);
  const { announce } = announcements;
  const agenda = createAgenda(storage, { clock: shifted, after: options.after, announce });
  const outcomes = createOutcomes(storage);
  const files = storage.blobs('files');
  const drafts = createDrafts(storage, now);
  const world: World = {
    account,
    switches,
    clock: agenda.clock,
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
    followers,
    agenda,
    announcements,
    outcomes,
    files,
    media: createMedia(storage, { files, now }),
    materials: createMaterials(storage, { files, now }),
    menus: createMenus(storage),
    autoReplies: createAutoReplies(storage),
    drafts,
    publications: createPublications(storage, { now, agenda, outcomes, drafts, switches }),
    massSends: createMassSends(storage, { now, calendar, agenda, outcomes, followers, switches }),
    callbackUrl,
  };
  agenda.resume();
  return world;
}
