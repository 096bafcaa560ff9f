import type { Speed } from '../../../../shared/wechat/catalogue/mass-send.ts';
import type { Switches } from '../options.ts';
import type { EventMessage } from '../push/messages.ts';
import type { Agenda } from './agenda.ts';
import type { Calendar } from './calendar.ts';
import type { Comments } from './comments.ts';
import type { FollowerBook } from './followers.ts';
import { massSendEvent } from './mass-event.ts';
import {
  type MassAudience,
  type MassMessage,
  type MassPreview,
  type MassSend,
  SPEEDS,
} from './mass-job.ts';
import { createMassKeys } from './mass-keys.ts';
import { createMassLedger } from './mass-ledger.ts';
import type { Outcomes } from './outcomes.ts';
import type { Storage } from './storage.ts';

const FIRST_ID = 3_147_483_647;
const FIRST_DATA_ID = 2_247_490_000;

/** The jobs of mass sending and what became of them. */
export function createMassSends(
  storage: Storage,
  options: {
    readonly now: () => number;
    readonly calendar: Calendar;
    readonly agenda: Agenda;
    readonly outcomes: Outcomes;
    readonly followers: FollowerBook;
    readonly comments: Comments;
    readonly switches: Switches;
  },
) {
  const { now, agenda, outcomes, followers, comments, switches } = options;
  const keys = createMassKeys(storage, now);
  const ledger = createMassLedger(storage, options.calendar);
  const section = storage.section('mass-sends', () => ({
    lastId: FIRST_ID,
    lastDataId: FIRST_DATA_ID,
    speed: 0 as Speed,
    jobs: [] as MassSend[],
    previews: [] as MassPreview[],
  }));
  agenda.handle('massSend', finish);

  const find = (msgId: string): MassSend | undefined =>
    section.read().jobs.find((job) => String(job.msgId) === msgId);

  return {
    keys,
    ledger,
    find,

    /** Resolves when the job is on its way; by switch, when all of it is over. */
    async accept(message: MassMessage, audience: MassAudience): Promise<MassSend> {
      const job = record(message, audience);
      if (audience.kind === 'all') ledger.noteSentToAll();
      const subject = String(job.msgId);
      if (switches.massSendEvent === 'before-answer') await agenda.doNow('massSend', subject);
      else agenda.plan('massSend', subject, switches.massSendTakesMs + travelMs(job.totalCount));
      return job;
    },

    preview: (message: MassMessage, openid: string): MassPreview =>
      section.update((state) => {
        state.lastId += 1;
        const preview = { ...message, msgId: state.lastId, openid, at: now() };
        state.previews.push(preview);
        return preview;
      }),

    findByUrl: (url: string): MassSend | undefined =>
      section.read().jobs.find((job) => job.articles.some((article) => article.url === url)),

    /** All articles unless `index`, counted from 0, names one; those of equal address go too. */
    delete(job: MassSend, index: number | undefined): void {
      const urls = job.articles
        .filter((_, at) => index === undefined || index === at)
        .map(({ url }) => url);
      section.update((state) => {
        state.jobs = state.jobs.map((each) =>
          each.msgId === job.msgId || each.articles.some(({ url }) => urls.includes(url))
            ? withoutArticles(each, urls)
            : each,
        );
      });
    },

    speed: (): Speed => section.read().speed,
    setSpeed: (speed: Speed) =>
      section.update((state) => {
        state.speed = speed;
      }),

    list: (): readonly MassSend[] => section.read().jobs,
    listPreviews: (): readonly MassPreview[] => section.read().previews,
  };

  function record({ articles, ...message }: MassMessage, audience: MassAudience): MassSend {
    return section.update((state) => {
      state.lastId += 1;
      const hasArticles = articles.length > 0;
      if (hasArticles) state.lastDataId += 1;
      const job: MassSend = {
        ...message,
        msgId: state.lastId,
        msgDataId: hasArticles ? state.lastDataId : null,
        audience,
        acceptedAt: now(),
        finishedAt: null,
        status: 'SENDING',
        result: '',
        articles: articles.map((article) => ({ ...article, isDeleted: false })),
        totalCount: openidsOf(audience).length,
        filterCount: 0,
        errorCount: 0,
        deliveredTo: [],
      };
      state.jobs.push(job);
      return job;
    });
  }

  function openidsOf(audience: MassAudience): readonly string[] {
    if (audience.kind === 'list') return [...new Set(audience.openids)];
    return followers
      .list()
      .filter(({ tagIds }) => audience.kind === 'all' || tagIds.includes(audience.tagId))
      .map(({ openid }) => openid);
  }

  function travelMs(count: number): number {
    return Math.ceil((count * 60_000) / (SPEEDS[section.read().speed] * 10_000));
  }

  function finish(msgId: string): EventMessage | undefined {
    const job = find(msgId);
    if (job?.status !== 'SENDING') return undefined;
    const failure = outcomes.take('massSend')?.status;
    const end: MassSend = {
      ...job,
      ...(failure === undefined ? deliver(job) : {}),
      finishedAt: now(),
      status: failure === undefined ? 'SEND_SUCCESS' : 'SEND_FAIL',
      result: failure ?? 'send success',
    };
    section.update((state) => {
      state.jobs = state.jobs.map((each) => (each.msgId === end.msgId ? end : each));
    });
    if (failure === undefined) {
      for (const at of end.articles.keys()) comments.addArticle(String(end.msgDataId), at);
    }
    return massSendEvent(end);
  }

  /**
   * Left out are those who have had four this month, are blacklisted or want nothing from the
   * account; who no longer follows is an error.
   */
  function deliver({ audience }: MassSend) {
    const wanted = openidsOf(audience);
    const allowed = wanted.filter((openid) => {
      const { isBlacklisted, refusesMessages } = followers.find(openid) ?? {};
      return !isBlacklisted && !refusesMessages && ledger.mayReceive(openid);
    });
    const deliveredTo = allowed.filter((openid) => followers.find(openid)?.isFollowing);
    ledger.noteReceived(deliveredTo);
    return {
      totalCount: wanted.length,
      filterCount: allowed.length,
      errorCount: allowed.length - deliveredTo.length,
      deliveredTo,
    };
  }
}

export type MassSends = ReturnType<typeof createMassSends>;

function withoutArticles(job: MassSend, urls: readonly string[]): MassSend {
  const articles = job.articles.map((article) => ({
    ...article,
    isDeleted: article.isDeleted || urls.includes(article.url),
  }));
  const isGone = articles.every(({ isDeleted }) => isDeleted);
  return { ...job, articles, status: isGone ? 'DELETE' : job.status };
}
