import { Secret } from '../../shared/kernel/secret.ts';
import { newSecret, staticKey } from '../../shared/proxy/secrets.ts';
import { ownRoot } from '../project/root.ts';
import { findRunning } from '../project/running.ts';
import type { InvokeOptions } from './options.ts';

/** Actions that take a new secret. */
export const takers: Readonly<Record<string, readonly string[]>> = {
  'proxy-client': ['add', 'rotate'],
  console: ['invite'],
};

/** A command with a new secret, and how its outcome is shown. */
export interface WithSecret {
  readonly options: InvokeOptions;
  /** Adds to the data of the outcome what the client will need. */
  show(data: unknown): unknown;
}

/** Where the console is, as far as this command can know. */
function consoleAddress({ port, stage, url }: InvokeOptions): string {
  if (stage === undefined && url === undefined)
    return `http://localhost:${findRunning(ownRoot, port).port}/console/`;
  // The call has read the stage's file by now.
  const { CONSOLE_ORIGIN: origin, CUSTOM_DOMAIN: domain } = process.env;
  if (origin) return `${origin}/console/`;
  return domain ? `https://${domain}/console/` : '<the address of the function console>';
}

/**
 * Makes the secret on this machine, and shows it once. A function must not make it, because the
 * platform writes what a function returns into its log. A payload may bring a secret of its own.
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
      if (options.function === 'console') {
        return { ...Object(data), link: `${consoleAddress(options)}#invite=${secret}` };
      }
      const { id, staticKey: hasKey } = Object(data) as { id?: unknown; staticKey?: unknown };
      const key = hasKey === true ? { accessToken: staticKey(String(id), new Secret(secret)) } : {};
      return { ...Object(data), secret, ...key };
    },
  };
}
