import { present } from '../kernel/present.ts';
import type { Store } from '../store/store.ts';
import type { CredentialKind } from './credential-kind.ts';
import { type TokenFailure, tokenCollection } from './token-document.ts';

/** What an operator may see of a credential: not its value. Times are epoch ms. */
export interface CredentialStatus {
  readonly kind: CredentialKind;
  readonly generation: number;
  /** Absent until the first one is stored. */
  readonly issuedAt?: number;
  readonly expiresAt?: number;
  /** Attempts to renew it that failed in a row. */
  readonly failures: number;
  /** When the last of them ended, and what stood in the way. Absent where none has failed. */
  readonly failedAt?: number;
  readonly reason?: TokenFailure['reason'];
}

/** The credentials of an account that the store has a document of. One read for each kind. */
export async function readStatus(
  store: Pick<Store, 'get'>,
  appid: string,
  kinds: readonly CredentialKind[],
): Promise<readonly CredentialStatus[]> {
  const found = await Promise.all(
    kinds.map((kind) => store.get(tokenCollection, `${kind}.${appid}`)),
  );
  return found.flatMap((stored) => {
    if (!stored) return [];
    const { kind, generation, issuedAt, expiresAt, failure } = stored.doc;
    return {
      kind,
      generation,
      ...present({ issuedAt, expiresAt }),
      failures: failure?.count ?? 0,
      ...present({ failedAt: failure?.at, reason: failure?.reason }),
    };
  });
}
