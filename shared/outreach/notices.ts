import type { Clock } from '../kernel/clock.ts';
import type { Api } from '../wechat/client/index.ts';
import type { SubscribeNotice, TemplateNotice, ToShorten } from './requests.ts';

const DAY_MS = 86_400_000;

/** A template that the account has taken from WeChat's library. */
export interface NoticeTemplate {
  readonly id: string;
  readonly title: string;
  /** Its text, with a `{{thing1.DATA}}` for each field of the message's `data`. */
  readonly content: string;
  readonly example: string;
}

export interface NoticesOptions {
  readonly api: Pick<Api, 'template' | 'subscribe' | 'shortKey'>;
  readonly clock: Clock;
}

/** Messages by template to one follower, and short keys for what they lead to. No answer names the follower. */
export function createNotices({ api, clock }: NoticesOptions) {
  return {
    async listTemplates(): Promise<readonly NoticeTemplate[]> {
      const { template_list: templates } = await api.template.list();
      return templates.map(({ template_id: id, title, content, example }) => ({
        id,
        title,
        content,
        example,
      }));
    },
    async sendTemplate(notice: TemplateNotice): Promise<{ readonly msgid: string }> {
      const { msgid } = await api.template.send(notice);
      return { msgid };
    },

    async listSubscribeTemplates(): Promise<
      readonly (NoticeTemplate & { readonly kind: string })[]
    > {
      const { data } = await api.subscribe.listTemplates();
      return data.map(({ priTmplId: id, title, content, example, type }) => ({
        id,
        kind: type === 3 ? 'long term' : 'one time',
        title,
        content,
        example,
      }));
    },
    /** What became of it is told by the event `subscribe_msg_sent_event`. */
    async sendSubscribe(notice: SubscribeNotice): Promise<void> {
      await api.subscribe.send(notice);
    },

    async shorten({ text, days }: ToShorten) {
      const expiresAt = new Date(clock.now() + days * DAY_MS).toISOString();
      const { short_key: shortKey } = await api.shortKey.create({
        long_data: text,
        expire_seconds: (days * DAY_MS) / 1_000,
      });
      return { shortKey, expiresAt };
    },
  };
}

export type Notices = ReturnType<typeof createNotices>;
