import { chinaDay, chinaMonth, startOfChinaDay } from '../kernel/china-time.ts';
import { present } from '../kernel/present.ts';
import type { User } from '../wechat/catalogue/user.ts';

export const sexes = ['unknown', 'male', 'female'] as const;
export type Sex = (typeof sexes)[number];

/** Facts about a follower that WeChat no longer tells and the business may know. */
export interface Imported {
  readonly sex?: Sex;
  readonly country?: string;
  readonly province?: string;
  readonly city?: string;
  readonly language?: string;
  /** Other fields by which the business selects followers. */
  readonly custom?: Readonly<Record<string, string | number | boolean>>;
}

/** One mass message that a follower was given: the day in China, and the id of the mass send. */
export type SentMark = readonly [day: number, by: string];

/** That a follower has consented to something, or has taken that back. */
export interface Consent {
  /** To what, such as `marketing by SMS`. */
  readonly to: string;
  readonly isGiven: boolean;
  /** How we know, such as `form in the shop, 12 May`. */
  readonly how: string;
  readonly at: number;
}

/** A person who follows the account. */
export interface Follower {
  readonly openid: string;
  /** When they began to follow, in ms. */
  readonly since: number;
  /** When an event or a sync last said that they follow, in ms. */
  readonly seen: number;
  readonly tags?: readonly number[];
  readonly remark?: string;
  readonly unionid?: string;
  readonly scene?: string;
  /** The scene of the QR code by which they came. */
  readonly code?: string;
  /** The sync that found the follower on the blacklist, or when we put it there, in ms. */
  readonly blockedAt?: number;
  readonly about?: Imported;
  /** The oldest first. */
  readonly consents?: readonly Consent[];
  /** The mass messages of this month; older ones go with the next mark. */
  readonly sent?: readonly SentMark[];
}

/** The follower as WeChat describes them now; imported data and marks stay. */
export function withProfile(before: Follower | undefined, user: User, seen: number): Follower {
  const { openid, subscribe_time = 0, tagid_list = [], remark, unionid, subscribe_scene } = user;
  return {
    openid,
    since: subscribe_time * 1_000,
    seen,
    ...(tagid_list.length > 0 ? { tags: tagid_list } : {}),
    ...(remark ? { remark } : {}),
    ...(unionid ? { unionid } : {}),
    ...(subscribe_scene ? { scene: subscribe_scene } : {}),
    ...present({
      code: codeOf(user) ?? before?.code,
      blockedAt: before?.blockedAt,
      about: before?.about,
      consents: before?.consents,
      sent: before?.sent,
    }),
  };
}

/** A scene is a number or a text; of the two WeChat tells the one that it is not as 0 or empty. */
function codeOf({ qr_scene_str: text, qr_scene: number }: User): string | undefined {
  if (text) return text;
  return number ? String(number) : undefined;
}

export function withTags({ tags: _, ...rest }: Follower, tags: readonly number[]): Follower {
  return tags.length > 0 ? { ...rest, tags } : rest;
}

export function withoutTag(one: Follower, id: number): Follower {
  return withTags(
    one,
    (one.tags ?? []).filter((each) => each !== id),
  );
}

/** The marks that still count: those of this month in China. */
export function currentMarks(
  marks: readonly SentMark[] | undefined,
  now: number,
): readonly SentMark[] {
  const { from } = chinaMonth(chinaDay(now));
  return (marks ?? []).filter(([day]) => day >= from);
}

/** When the marks of this month stop counting. */
export function endOfMarks(now: number): number {
  return startOfChinaDay(chinaMonth(chinaDay(now)).until);
}
