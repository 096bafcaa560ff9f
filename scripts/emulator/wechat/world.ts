import type { Clock } from '../../../shared/kernel/clock.ts';
import type { Followers } from './followers.ts';
import type { ApiAccount, Switches } from './options.ts';
import { type Agenda, createAgenda } from './state/agenda.ts';
import { type Agents, createAgents } from './state/agents.ts';
import { type Announcements, createAnnouncements, type PushEvent } from './state/announcements.ts';
import { type AutoReplies, createAutoReplies } from './state/auto-replies.ts';
import { type Calendar, createCalendar } from './state/calendar.ts';
import { type Calls, createCalls, type RecordedCall } from './state/calls.ts';
import { type Chats, createChats } from './state/chats.ts';
import { createShiftedClock, type EmulatedClock } from './state/clock.ts';
import { type Comments, createComments } from './state/comments.ts';
import { createDrafts, type Drafts } from './state/drafts.ts';
import { createFaults, type Faults } from './state/faults.ts';
import { createFigures, type Figures } from './state/figures.ts';
import { createFollowers, type FollowerBook } from './state/followers.ts';
import { createMassSends, type MassSends } from './state/mass-sends.ts';
import { createMaterials, type Materials } from './state/materials.ts';
import { createMedia, type Media } from './state/media.ts';
import { createMenus, type Menus } from './state/menus.ts';
import { createMigration, type MigrationState } from './state/migration.ts';
import { createNotices, type Notices } from './state/notices.ts';
import { createOutcomes, type Outcomes } from './state/outcomes.ts';
import { createPublications, type Publications } from './state/publications.ts';
import { createQrcodes, type Qrcodes } from './state/qrcodes.ts';
import { createQuotas, type Quotas } from './state/quotas.ts';
import { createRids, type Rids } from './state/rids.ts';
import { createSent, type Sent, type SentMessage } from './state/sent.ts';
import { createSessions, type Sessions } from './state/sessions.ts';
import { createShortKeys, type ShortKeys } from './state/short-keys.ts';
import { createStatistics, type StatisticsBook } from './state/statistics.ts';
import { type Blobs, createStorage, type Storage } from './state/storage.ts';
import { createSubscriptions, type Subscriptions } from './state/subscriptions.ts';
import { createTags, type Tags } from './state/tags.ts';
import { createTemplates, type Templates } from './state/templates.ts';
import { createTickets, type Tickets } from './state/tickets.ts';
import { createTokens, type Tokens } from './state/tokens.ts';
import { createUserTokens, type UserTokens } from './state/user-tokens.ts';
import { createWhitelist, type Whitelist } from './state/whitelist.ts';
import { createWindows, type Windows } from './state/windows.ts';

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
  readonly followers: FollowerBook & Followers;
  readonly tags: Tags;
  readonly migration: MigrationState;
  readonly windows: Windows;
  readonly chats: Chats;
  readonly sent: Sent;
  readonly agents: Agents;
  readonly sessions: Sessions;
  readonly templates: Templates;
  readonly subscriptions: Subscriptions;
  readonly notices: Notices;
  readonly qrcodes: Qrcodes;
  readonly shortKeys: ShortKeys;
  readonly comments: Comments;
  readonly figures: Figures;
  readonly userTokens: UserTokens;
  /** Where the OAuth page may lead back to; `undefined` for anywhere. */
  readonly oauthDomain: string | undefined;
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
  readonly onSend: (message: SentMessage) => void;
  readonly onCall: (call: RecordedCall) => void;
  readonly oauthDomain: string | undefined;
}

export function createWorld(options: WorldOptions): World {
  const { account, switches, callbackUrl } = options;
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
  const followers = createFollowers(storage, now);
  const tags = createTags(storage, followers);
  const comments = createComments(storage, now);
  const knownFollowers = { ...followers, hasTag: tags.exists };
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
    calls: createCalls(options.onCall),
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
    massSends: createMassSends(storage, {
      now,
      calendar,
      agenda,
      outcomes,
      followers: knownFollowers,
      comments,
      switches,
    }),
    followers: knownFollowers,
    tags,
    migration: createMigration(storage, now),
    windows: createWindows(storage, { now, switches }),
    chats: createChats(storage, now),
    sent: createSent(storage, { now, onSend: options.onSend }),
    agents: createAgents(storage, { now, switches }),
    sessions: createSessions(storage, { now, agenda }),
    templates: createTemplates(storage, { calendar, switches }),
    subscriptions: createSubscriptions(storage),
    notices: createNotices(storage, { now, agenda, followers, switches }),
    qrcodes: createQrcodes(storage, { secret, now, switches }),
    shortKeys: createShortKeys(storage, now),
    comments,
    figures: createFigures(storage, { now, switches }),
    userTokens: createUserTokens(storage, { secret, now }),
    oauthDomain: options.oauthDomain,
    callbackUrl,
  };
  agenda.resume();
  return world;
}
