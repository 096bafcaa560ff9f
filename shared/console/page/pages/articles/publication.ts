import type { Signal } from '@preact/signals';
import type { PublishStatusResponse } from '../../../../wechat/catalogue/publish.ts';
import { draftOf } from '../../drafts.ts';

/** A draft that was given to WeChat to be published. */
export interface FollowedPublication {
  readonly id: string;
  readonly title: string;
  readonly state: PublishStatusResponse['publish_status'];
  /** Of its articles, once they are there. */
  readonly addresses: readonly string[];
}

const none: readonly FollowedPublication[] = [];

/** Those that this browser has submitted, until the operator has seen how they ended. */
export function publications(): Signal<readonly FollowedPublication[]> {
  return draftOf('publications', none);
}

export function addPublication(id: string, title: string): void {
  const kept = publications();
  kept.value = [...kept.value, { id, title, state: 1, addresses: [] }];
}

export function dropPublication(id: string): void {
  const kept = publications();
  kept.value = kept.value.filter((each) => each.id !== id);
}

/** What WeChat says of one of them. */
export function noteStatus(id: string, status: PublishStatusResponse): void {
  const kept = publications();
  const { publish_status: state, article_detail: detail } = status;
  const addresses = (detail?.item ?? []).map(({ article_url: address }) => address);
  kept.value = kept.value.map((each) => (each.id === id ? { ...each, state, addresses } : each));
}
