import type { Store } from '../store/store.ts';
import type { CredentialKind } from './fetcher.ts';
import { tokenCollection } from './token-document.ts';

/** What can be said of a credential without knowing it. Times are epoch ms. */
export interface CredentialStatus {
  readonly kind: CredentialKind;
  readonly generation: number;
  /** Absent as long as there has been none. */
  readonly issuedAt?: number;
  readonly expiresAt?: number;
  /** Failures in a row of whoever tried to renew it last. */
  readonly failures: number;
}

/** The credentials of an account that are, or were to be, in the store. One read for each kind. */
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
      ...(issuedAt === undefined ? {} : { issuedAt }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      failures: failure?.count ?? 0,
    };
  });
}
