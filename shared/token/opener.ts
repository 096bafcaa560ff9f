import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Credential } from './decide.ts';
import type { CredentialKind } from './fetcher.ts';
import type { Sealer } from './sealing.ts';
import type { TokenDocument } from './token-document.ts';

/** The credential in a document; `undefined` if there is none that this AppSecret opens. */
export type Open = (doc: TokenDocument | undefined) => Credential | undefined;

/** A document that cannot be read counts as empty, so that the next renewal heals it. */
export function createOpener(options: {
  readonly kind: CredentialKind;
  readonly sealer: Sealer;
  readonly log: Log;
}): Open {
  const { kind, sealer, log } = options;
  let complainedOf: string | undefined;

  return (doc) => {
    if (doc?.sealedToken === undefined) return undefined;
    const { generation, sealedToken, issuedAt = 0, expiresAt = 0 } = doc;
    try {
      const token = sealer.open({ purpose: kind, generation }, sealedToken);
      return { generation, token, issuedAt, expiresAt };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (complainedOf !== sealedToken) log.warn('stored token not readable', { error });
      complainedOf = sealedToken;
      return undefined;
    }
  };
}
