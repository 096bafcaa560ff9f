import type { PublishStatusResponse } from '../../../../shared/wechat/catalogue/publish.ts';
import type { Switches } from '../options.ts';
import type { EventMessage } from '../push/messages.ts';
import type { Agenda } from './agenda.ts';
import { HELPER_OPENID } from './announcements.ts';
import type { DraftRecord, Drafts, KeptArticle } from './drafts.ts';
import type { Outcomes } from './outcomes.ts';
import { randomId } from './random-id.ts';
import type { Storage } from './storage.ts';

export interface Publication {
  readonly publishId: number;
  readonly draftMediaId: string;
  readonly status: PublishStatusResponse['publish_status'];
  /** Set once it is published. */
  readonly articleId: string | null;
  readonly articles: readonly (KeptArticle & { readonly is_deleted: boolean })[];
  /** The articles to blame, counted from 1. */
  readonly failIdx: readonly number[];
  /** Milliseconds since the epoch. */
  readonly submittedAt: number;
  readonly updatedAt: number;
}

const FIRST_ID = 2_247_483_650;

/** What becomes of drafts when they are published, which takes a while. */
export function createPublications(
  storage: Storage,
  options: {
    readonly now: () => number;
    readonly agenda: Agenda;
    readonly outcomes: Outcomes;
    readonly drafts: Drafts;
    readonly switches: Switches;
  },
) {
  const { now, agenda, outcomes, drafts, switches } = options;
  const section = storage.section('publications', () => ({
    lastId: FIRST_ID,
    records: [] as Publication[],
  }));
  agenda.handle('publish', finish);

  const find = (publishId: string): Publication | undefined =>
    section.read().records.find((each) => String(each.publishId) === publishId);
  const list = (): readonly Publication[] => section.read().records.toReversed();

  return {
    submit({ mediaId, articles }: DraftRecord): Publication {
      const publication = section.update((state) => {
        state.lastId += 1;
        const fresh: Publication = {
          publishId: state.lastId,
          draftMediaId: mediaId,
          status: 1,
          articleId: null,
          articles: articles.map((article) => ({ ...article, is_deleted: false })),
          failIdx: [],
          submittedAt: now(),
          updatedAt: now(),
        };
        state.records.push(fresh);
        return fresh;
      });
      agenda.plan('publish', String(publication.publishId), switches.publishTakesMs);
      return publication;
    },

    find,

    /** Of articles that can be read; `undefined` when all are deleted. */
    findArticle: (articleId: string): Publication | undefined =>
      list().find((each) => each.articleId === articleId && each.status === 0),

    isInProgress: (mediaId: string): boolean =>
      list().some((each) => each.draftMediaId === mediaId && each.status === 1),

    /** All of them unless `index`, counted from 0, names one. */
    deleteArticle({ publishId, articles }: Publication, index: number | undefined): void {
      const kept = articles.map((article, at) =>
        index === undefined || index === at ? { ...article, is_deleted: true } : article,
      );
      const isGone = kept.every(({ is_deleted }) => is_deleted);
      change(publishId, { articles: kept, ...(isGone ? { status: 5 } : {}) });
    },

    /** The newest first. */
    list,
  };

  function finish(publishId: string): EventMessage | undefined {
    const publication = find(publishId);
    if (publication?.status !== 1) return undefined;
    const outcome = outcomes.take('publish');
    if (outcome) {
      change(publication.publishId, { status: outcome.status, failIdx: outcome.failIdx });
      return event(publication, { publish_status: outcome.status, fail_idx: outcome.failIdx });
    }
    const articleId = randomId(64);
    const articles = publication.articles.map((article) => ({ ...article, url: articleUrl() }));
    change(publication.publishId, { status: 0, articleId, articles });
    drafts.delete(publication.draftMediaId);
    const item = articles.map(({ url }, at) => ({ idx: at + 1, article_url: url }));
    return event(publication, {
      publish_status: 0,
      article_id: articleId,
      article_detail: { count: item.length, item },
    });
  }

  function event({ publishId }: Publication, info: object): EventMessage {
    // The other name comes from an SDK's samples; the table of events has the documented one.
    const Event = switches.publishEvent as 'PUBLISHJOBFINISH';
    const PublishEventInfo = { publish_id: publishId, ...info };
    return { openid: HELPER_OPENID, type: 'event', Event, PublishEventInfo };
  }

  function change(publishId: number, fields: Partial<Publication>): void {
    section.update((state) => {
      state.records = state.records.map((each) =>
        each.publishId === publishId ? { ...each, ...fields, updatedAt: now() } : each,
      );
    });
  }
}

export type Publications = ReturnType<typeof createPublications>;

function articleUrl(): string {
  return `http://mp.weixin.qq.com/s/${randomId(22)}`;
}
