import type { Clock } from '../kernel/clock.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { createAgents } from './agents.ts';
import { createNotices } from './notices.ts';
import { createQrcodes } from './qrcodes.ts';

export interface OutreachOptions {
  readonly api: Pick<Api, 'qrcode' | 'template' | 'subscribe' | 'shortKey' | 'customerService'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly traceOf: TraceOf;
}

/** How an account reaches followers one by one (触达): QR codes, messages by template, customer service. */
export function createOutreach(options: OutreachOptions) {
  return {
    qrcodes: createQrcodes(options),
    notices: createNotices(options),
    agents: createAgents(options),
  };
}

export type Outreach = ReturnType<typeof createOutreach>;

export { qrcodeCollection } from './qrcode-document.ts';
export { requests as outreachRequests } from './requests.ts';
export { scanCollection } from './scan-document.ts';
