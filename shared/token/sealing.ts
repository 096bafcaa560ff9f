import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { AccountKey } from '../kernel/account-key.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { Secret } from '../kernel/secret.ts';
import type { CredentialKind } from './credential-kind.ts';
import type { Credential } from './decide.ts';
import type { TokenDocument } from './token-document.ts';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed text is bound to: copied to another place, it does not open. */
export interface SealLabel {
  readonly purpose: string;
  readonly generation: number;
}

export interface Sealer {
  /** Names the AppSecret without revealing it: another AppSecret has another id. */
  readonly keyId: string;
  seal(label: SealLabel, secret: Secret): string;
  /**
   * @throws AppError `invalid`, with `details.reason`: `key` (sealed under another AppSecret) or
   * `tampered` (changed since, or moved here from another document).
   */
  open(label: SealLabel, sealed: string): Secret;
}

/**
 * Seals secrets for the store: AES-256-GCM under a key that only a holder of the AppSecret can
 * derive, so that the store alone reveals none.
 */
export function createSealer({ appid, key: secret }: AccountKey): Sealer {
  const derive = (use: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret.reveal(), appid, `fuwuhao ${VERSION} ${use}`, bytes));
  const key = derive('seal', 32);
  const keyId = derive('key id', 6).toString('base64url');

  return {
    keyId,

    seal(label, secret) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(associated(appid, label));
      const body = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
      const sealed = Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
      return `${VERSION}.${keyId}.${sealed}`;
    },

    open(label, sealed) {
      const [version, sealedFor, text = '', ...rest] = sealed.split('.');
      if (version !== VERSION || rest.length > 0) throw tampered();
      if (sealedFor !== keyId) {
        throw new AppError(
          'invalid',
          'The stored text was sealed under another AppSecret. If the AppSecret was reset, the next renewal heals this; if not, compare WECHAT_APPSECRET with the other functions of this account.',
          { details: { reason: 'key' } },
        );
      }
      const bytes = Buffer.from(text, 'base64url');
      // Node's decoder skips characters that are not base64url; only the one spelling that we write is ours.
      if (bytes.length < IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== text) {
        throw tampered();
      }
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(associated(appid, label))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const body = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
        return new Secret(Buffer.concat([body, decipher.final()]).toString('utf8'));
      } catch {
        throw tampered();
      }
    },
  };
}

/** The credential in a document; `undefined` if there is none that this AppSecret opens. */
export type OpenDocument = (doc: TokenDocument | undefined) => Credential | undefined;

/** A document that cannot be read counts as empty, so that the next renewal heals it. */
export function createDocumentOpener(options: {
  readonly kind: CredentialKind;
  readonly sealer: Sealer;
  readonly log: Log;
}): OpenDocument {
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

/** As JSON, so that no two labels spell the same bytes. */
function associated(appid: string, { purpose, generation }: SealLabel): Buffer {
  return Buffer.from(JSON.stringify([appid, purpose, generation]), 'utf8');
}

function tampered(): AppError {
  return new AppError(
    'invalid',
    'The stored text is not the one that was sealed: it was changed, cut, or copied here from another document. It is not used.',
    { details: { reason: 'tampered' } },
  );
}
