import { chinaTime } from '../kernel/china-time.ts';
import { AppError } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';

/** Our rules that can refuse a broadcast; a refusal names its rule. */
export const massSendRules = [
  'one broadcast an hour',
  'calls a day',
  'calls a minute',
  'quiet hours',
  'messages a day',
  'messages a month',
  'no audience',
  'one follower',
  'followers not synced',
] as const;
export type MassSendRule = (typeof massSendRules)[number];

export interface Refused {
  readonly rule: MassSendRule;
  readonly why: string;
  /** When the operator may try again, in ms; absent if waiting does not help. */
  readonly freesAt?: number;
}

export function refusal(refused: Refused): AppError {
  const { rule, freesAt } = refused;
  return new AppError(freesAt === undefined ? 'conflict' : 'rate_limited', sayRefused(refused), {
    details: { rule, ...present({ freesAt }) },
  });
}

export function sayRefused({ rule, why, freesAt }: Refused): string {
  const when = freesAt === undefined ? '' : ` It frees at ${chinaTime(freesAt)} in China.`;
  return `Refused by the rule "${rule}": ${why}.${when}`;
}
