/**
 * How a token travels to a client: sealed to its secret by AES-256-GCM, so that no gateway in between
 * and no reader of the function's log can open it. `base64url(iv ‖ ciphertext ‖ tag)`.
 */
export interface SealedToken {
  readonly sealed: string;
  /** Counts the tokens of the account. */
  readonly generation: number;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

export const IV_BYTES = 12;
/** The `info` of HKDF-SHA256 over the secret, with the client's id as salt: 32 bytes of key. */
export const SEAL_INFO = 'fuwuhao v1 seal';

/** Binds the token to the request, so that an older answer does not open as that of a newer request. */
export function sealContext(client: string, nonce: string): string {
  return `fuwuhao v1 token ${client} ${nonce}`;
}

/** The HMAC over this text proves that a client holds the token, without showing it. */
export function proofText(token: string): string {
  return `fuwuhao v1 proof ${token}`;
}
