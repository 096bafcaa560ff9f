import { checked } from '../kernel/check.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { answersOf, createChooser } from './choose.ts';
import { type AutoReplyDocument, autoReplyCollection, RULES_ID } from './document.ts';
import { type ImportedRules, importedRules } from './imported.ts';
import type { SetRequest, TryRequest } from './requests.ts';
import {
  type AutoAnswer,
  type AutoReplies,
  autoRepliesSchema,
  noRules,
  type RuleList,
} from './rule.ts';

/** The rules as operators see them. */
export interface PublishedRules {
  readonly rules: AutoReplies;
  /** For `set`: `null` while there are none. */
  readonly revision: number | null;
  /** In ms since the epoch. */
  readonly changedAt: number | null;
}

/** Which rule answers, and what. */
export interface TriedRules {
  readonly rule: { readonly list: RuleList; readonly index: number; readonly name: string } | null;
  readonly answers: readonly AutoAnswer[];
}

/** What operators do with the auto-replies of an account. */
export interface RuleBook {
  get(): Promise<PublishedRules>;
  /** @throws AppError `conflict` if somebody has changed them since that revision */
  set(request: SetRequest): Promise<{ readonly revision: number }>;
  try(request: TryRequest): Promise<TriedRules>;
  /** The rules that mp.weixin.qq.com still has, in our form. They are not published by this. */
  import(): Promise<ImportedRules>;
}

export interface RuleBookOptions {
  readonly store: Store;
  readonly api: Pick<Api, 'autoReply'>;
  readonly clock: Pick<Clock, 'now'>;
}

export function createRuleBook({ store, api, clock }: RuleBookOptions): RuleBook {
  const find = () => store.get(autoReplyCollection, RULES_ID);

  return {
    async get() {
      const found = await find();
      if (!found) return { rules: noRules, revision: null, changedAt: null };
      return { rules: found.doc.rules, revision: found.rev, changedAt: found.doc.changedAt };
    },
    async set({ rules, revision }) {
      const doc = { _id: RULES_ID, rules: check(rules), changedAt: clock.now() } as const;
      const isSet =
        revision === null
          ? (await store.create(autoReplyCollection, doc)) || (await replaceUnproved(doc))
          : await store.replaceIf(autoReplyCollection, doc, revision);
      const now = await find();
      if (!isSet || !now) throw changedMeanwhile();
      return { revision: now.rev };
    },
    async try({ occasion, rules, at = clock.now() }) {
      const chosen = createChooser(rules ? check(rules) : ((await find())?.doc.rules ?? noRules))(
        occasion,
        at,
      );
      if (!chosen) return { rule: null, answers: [] };
      const { list, index, rule } = chosen;
      return { rule: { list, index, name: rule.name }, answers: answersOf(rule, () => String(at)) };
    },
    import: async () => importedRules(await api.autoReply.get()),
  };

  /** A document that nobody with the AppSecret wrote counts as none, and must not stand in the way. */
  async function replaceUnproved(doc: AutoReplyDocument): Promise<boolean> {
    return store.transaction(async (tx) => {
      if (await tx.get(autoReplyCollection, RULES_ID)) return false;
      await tx.replace(autoReplyCollection, doc);
      return true;
    });
  }
}

function check(rules: unknown): AutoReplies {
  return checked(autoRepliesSchema, rules, { what: 'The set of auto-replies', label: 'name' });
}

function changedMeanwhile(): AppError {
  return new AppError(
    'conflict',
    'Somebody has changed the auto-replies since you read them. Read them again with getAutoReplies, and make your change in those.',
  );
}
