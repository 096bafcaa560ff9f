import { Secret } from '../../shared/kernel/secret.ts';
import { newSecret, staticKey } from '../../shared/proxy/secrets.ts';
import type { InvokeOptions } from './options.ts';

/** Actions that take a secret which nobody has yet. */
const takers: Readonly<Record<string, readonly string[]>> = { 'proxy-client': ['add', 'rotate'] };

/** The command with a secret put in, and what is to be shown of it when all went well. */
export interface WithSecret {
  readonly options: InvokeOptions;
  /** The data of the outcome, and what the client will need. */
  show(data: unknown): unknown;
}

/**
 * Makes the secret here, where it is shown once: what a function returns is written into the log of
 * the platform, so it must not come from there. A payload that brings its own keeps it.
 */
export function withSecret(options: InvokeOptions): WithSecret {
  const { action, payload } = options.event;
  const isTaker = takers[options.function]?.includes(action) ?? false;
  if (!isTaker || typeof payload !== 'object' || payload === null || 'secret' in payload) {
    return { options, show: (data) => data };
  }
  const secret = newSecret();
  return {
    options: { ...options, event: { action, payload: { ...payload, secret } } },
    show(data) {
      const { id, staticKey: hasKey } = Object(data) as { id?: unknown; staticKey?: unknown };
      const key = hasKey === true ? { accessToken: staticKey(String(id), new Secret(secret)) } : {};
      return { ...Object(data), secret, ...key };
    },
  };
}
