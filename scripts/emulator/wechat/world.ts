import type { Clock } from '../../../shared/kernel/clock.ts';
import type { ApiAccount, Switches } from './options.ts';
import { createAgenda } from './state/agenda.ts';
import { createAgents } from './state/agents.ts';
import { createAnnouncements, type PushEvent } from './state/announcements.ts';
import { createApplications } from './state/applications.ts';
import { createAutoReplies } from './state/auto-replies.ts';
import { createCalendar } from './state/calendar.ts';
import { createCallbackConfigs } from './state/callback-configs.ts';
import { createCalls, type RecordedCall } from './state/calls.ts';
import { createCards } from './state/cards.ts';
import { createChats } from './state/chats.ts';
import { createShiftedClock } from './state/clock.ts';
import { createCloudAccess } from './state/cloud-access.ts';
import { createComments } from './state/comments.ts';
import { createDrafts } from './state/drafts.ts';
import { createFaults } from './state/faults.ts';
import { createFigures } from './state/figures.ts';
import { createFollowers } from './state/followers.ts';
import { createInvoices } from './state/invoices.ts';
import { createItemCodes } from './state/item-codes.ts';
import { createJumpRules } from './state/jump-rules.ts';
import { createMassSends } from './state/mass-sends.ts';
import { createMaterials } from './state/materials.ts';
import { createMedia } from './state/media.ts';
import { createMenus } from './state/menus.ts';
import { createMigration } from './state/migration.ts';
import { createMiniProgramStores } from './state/mini-program-stores.ts';
import { createNonTaxOrders } from './state/non-tax-orders.ts';
import { createNotices } from './state/notices.ts';
import { createOutcomes } from './state/outcomes.ts';
import { createPublications } from './state/publications.ts';
import { createQrcodes } from './state/qrcodes.ts';
import { createQuotas } from './state/quotas.ts';
import { createRawAnswers } from './state/raw-answers.ts';
import { createRecognitions } from './state/recognitions.ts';
import { createRids } from './state/rids.ts';
import { createSent, type SentMessage } from './state/sent.ts';
import { createSessions } from './state/sessions.ts';
import { createShortKeys } from './state/short-keys.ts';
import { createStatistics } from './state/statistics.ts';
import { createStorage } from './state/storage.ts';
import { createSubscriptions } from './state/subscriptions.ts';
import { createTags } from './state/tags.ts';
import { createTemplates } from './state/templates.ts';
import { createTickets } from './state/tickets.ts';
import { createTokens } from './state/tokens.ts';
import { createUserTokens } from './state/user-tokens.ts';
import { createWhitelist } from './state/whitelist.ts';
import { createWindows } from './state/windows.ts';

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

/** All that WeChat knows and remembers about one account. */
export type World = ReturnType<typeof createWorld>;

export function createWorld(options: WorldOptions) {
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
  const world = {
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
    /** Every file there is, by its media id. */
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
      followers,
      comments,
      switches,
    }),
    followers,
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
    cards: createCards(storage),
    comments,
    figures: createFigures(storage, { now, switches }),
    jumpRules: createJumpRules(storage, calendar),
    recognitions: createRecognitions(storage, now),
    invoices: createInvoices(storage, {
      now,
      agenda,
      files,
      noticeTakesMs: switches.noticeTakesMs,
    }),
    itemCodes: createItemCodes(storage, { now, agenda }),
    miniProgramStores: createMiniProgramStores(storage, agenda),
    nonTaxOrders: createNonTaxOrders(storage, now),
    applications: createApplications(storage),
    rawAnswers: createRawAnswers(storage),
    callbackConfigs: createCallbackConfigs(storage),
    cloudAccess: createCloudAccess(storage, { secret, now }),
    userTokens: createUserTokens(storage, { secret, now }),
    /** Where the OAuth page may lead back to; `undefined` for anywhere. */
    oauthDomain: options.oauthDomain,
    /** Where pushes go; `undefined` while the account has no callback. */
    callbackUrl,
  };
  agenda.resume();
  return world;
}
