import { Secret as CodeSecret, TOTP } from 'otpauth';
import type { Secret } from '../kernel/secret.ts';

const PERIOD_S = 30;
/** Clocks of phones are off by some seconds: the code before and the one after are taken too. */
const WINDOW = 1;

/** 20 random bytes in base32, as apps for one-time codes take them. */
export const CODE_SECRET_FORM = /^[A-Z2-7]{32}$/;

/** The time step of a code that is right and newer than the last one; undefined for every other. */
export function stepOf(
  code: string,
  secret: Secret,
  { now, after }: { readonly now: number; readonly after: number },
): number | undefined {
  const totp = new TOTP({ secret: CodeSecret.fromBase32(secret.reveal()), period: PERIOD_S });
  const delta = totp.validate({ token: code, timestamp: now, window: WINDOW });
  if (delta === null) return undefined;
  const step = Math.floor(now / 1_000 / PERIOD_S) + delta;
  return step > after ? step : undefined;
}
