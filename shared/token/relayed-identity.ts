import type { TokenSource } from '../wechat/client/index.ts';
import { relayAdvice } from './cloud-token.ts';

/**
 * For a container beside which WeChat Cloud runs a relay: the relay adds the account to each call, and
 * the code never sees a token. There is nothing to renew, so a refusal is the end of the call.
 */
export const relayedIdentity: TokenSource = {
  get: async () => undefined,
  reject: async () => undefined,
  advise: (errcode) => relayAdvice[errcode],
};
