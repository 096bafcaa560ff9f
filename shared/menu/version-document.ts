import * as v from 'valibot';
import { macField } from '../store/bound-store.ts';
import { defineCollection } from '../store/collection.ts';

const schema = v.strictObject({
  /** The time of `at` and the digest of the menu, so that ids sort by time. */
  _id: v.string(),
  at: v.date(),
  /** Who published it; absent if it was made elsewhere, and was found live when it was replaced. */
  by: v.optional(v.string()),
  /** As JSON, because a menu of mp.weixin.qq.com may have any fields. With its rule, if it has one. */
  menu: v.string(),
  /** Of what followers see. */
  digest: v.string(),
  mac: macField,
});

/** A menu that was published, or that a publication replaced. */
export type MenuVersionDocument = v.InferOutput<typeof schema>;

export const menuVersionCollection = defineCollection<MenuVersionDocument>({
  name: 'menu_versions',
  schema,
  // A writer without the AppSecret must not choose what somebody restores.
  bound: 'all',
});

/** So many are kept; the oldest go. */
export const KEPT_VERSIONS = 50;

export const VERSION_ID = /^[0-9a-z]{9}-[\w-]{16}$/;

/** Sorts by time until the year 5188. */
export function versionId(at: number, digest: string): string {
  return `${at.toString(36).padStart(9, '0')}-${digest.slice(0, 16)}`;
}
