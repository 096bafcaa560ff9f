import type { Backend } from './backend.ts';

export interface Receipts {
  /** Followers that got the message. */
  readonly received: number;
  readonly receivedTwice: number;
  /** Followers that did not. */
  readonly missing: number;
}

/** Which followers got the message, by WeChat's own record. */
export async function receiptsOf({ control }: Backend, followers: number): Promise<Receipts> {
  const { jobs } = (await control('GET', 'mass-sends')) as {
    readonly jobs: readonly { readonly msgId: number }[];
  };
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const { msgId } of jobs) {
    const { deliveredTo } = (await control('GET', `mass-sends/${msgId}`)) as {
      readonly deliveredTo: readonly string[];
    };
    for (const openid of deliveredTo) {
      if (once.has(openid)) twice.add(openid);
      else once.add(openid);
    }
  }
  return { received: once.size, receivedTwice: twice.size, missing: followers - once.size };
}
