import type { Clock } from '../kernel/clock.ts';
import { collect } from '../kernel/collect.ts';
import { AppError } from '../kernel/errors.ts';
import type { Secret } from '../kernel/secret.ts';
import { withinTime } from '../kernel/time-limit.ts';
import { type Transport, TransportError } from '../wechat/client/index.ts';
import type { Notice } from './alert-document.ts';
import type { RuleTable } from './rule.ts';

export const webhookKinds = ['json', 'wecom'] as const;
export type WebhookKind = (typeof webhookKinds)[number];

const LIMIT_MS = 5_000;

/** No answer of a WeCom robot is longer; the rest of a longer one is not read. */
const MAX_ANSWER_BYTES = 4_096;

export interface WebhookOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** A secret: the URL of a WeCom robot holds the robot's key. */
  readonly url: Secret;
  readonly kind: WebhookKind;
  readonly rules: RuleTable;
  /** Names the account in what is sent. */
  readonly appid: string;
}

/**
 * Delivers a notice: as JSON, or as the markdown of a WeCom robot.
 * https://developer.work.weixin.qq.com/document/path/91770
 *
 * @throws AppError `upstream` or `timeout` if it was not taken; never with the address, which is a
 * secret
 */
export function createWebhook(options: WebhookOptions): (notice: Notice) => Promise<void> {
  const { transport, clock, url, kind, rules, appid } = options;

  return async (notice) => {
    const {
      summary = 'A rule that this version does not know.',
      advice = '',
      above = 0,
    } = rules[notice.rule] ?? {};
    const told = {
      id: notice.key,
      status: notice.status,
      rule: notice.rule,
      account: appid,
      summary,
      advice,
      value: notice.value,
      above,
      since: new Date(notice.since).toISOString(),
      at: new Date(notice.at).toISOString(),
    };
    const body = Buffer.from(JSON.stringify(kind === 'json' ? told : markdownOf(told)));
    await withinTime(clock, LIMIT_MS, ({ signal }) => post(body, signal), lateAnswer);
  };

  async function post(body: Buffer, signal: AbortSignal): Promise<void> {
    try {
      const response = await transport({
        method: 'POST',
        url: url.reveal(),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': String(body.length),
        },
        body,
        fresh: true,
        signal,
      });
      const answer = await collect(response.body, MAX_ANSWER_BYTES);
      if (response.status >= 300) throw refused(`HTTP ${response.status}`);
      const errcode = kind === 'wecom' ? errcodeIn(answer) : 0;
      if (errcode !== 0) throw refused(`errcode ${errcode}`);
    } catch (error) {
      if (error instanceof TransportError) throw refused(error.code);
      throw error;
    }
  }
}

function lateAnswer(): AppError {
  return new AppError('timeout', `The webhook did not answer within ${LIMIT_MS} ms.`);
}

function markdownOf(
  told: Readonly<Record<'status' | 'rule' | 'account' | 'summary' | 'advice' | 'since', string>> & {
    readonly value: number;
    readonly above: number;
  },
) {
  const isFiring = told.status === 'firing';
  const [color, word] = isFiring ? ['warning', '告警'] : ['info', '恢复'];
  const content = [
    `<font color="${color}">**${word} ${told.rule}**</font> ${told.account}`,
    told.summary,
    ...(isFiring ? [`> ${told.advice}`] : []),
    `> value ${rounded(told.value)}, limit ${rounded(told.above)}, since ${told.since}`,
  ].join('\n');
  return { msgtype: 'markdown', markdown: { content } };
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** A WeCom robot answers 200 to everything. */
function errcodeIn(answer: Buffer | undefined): unknown {
  try {
    return (JSON.parse(String(answer)) as { errcode?: unknown }).errcode;
  } catch {
    return 'none readable';
  }
}

function refused(why: string): AppError {
  return new AppError('upstream', `The webhook of the alerts did not take a notice: ${why}.`);
}
