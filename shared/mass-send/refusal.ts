import { chinaTime } from '../kernel/china-time.ts';
import { AppError } from '../kernel/errors.ts';

/** The rules of ours that can refuse a broadcast; each is said by its name. */
export const rules = [
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
export type Rule = (typeof rules)[number];

export interface Refused {
  readonly rule: Rule;
  readonly why: string;
  /** When it may be tried again, in ms; never by waiting if there is none. */
  readonly freesAt?: number;
}

export function refusal(refused: Refused): AppError {
  const { rule, freesAt } = refused;
  return new AppError(freesAt === undefined ? 'conflict' : 'rate_limited', sayRefused(refused), {
    details: { rule, ...(freesAt === undefined ? {} : { freesAt }) },
  });
}

export function sayRefused({ rule, why, freesAt }: Refused): string {
  const when = freesAt === undefined ? '' : ` It frees at ${chinaTime(freesAt)} in China.`;
  return `Refused by the rule "${rule}": ${why}.${when}`;
}
