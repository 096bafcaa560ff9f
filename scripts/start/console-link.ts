import type { RequestListener } from 'node:http';
import { newSecret } from '../../shared/proxy/secrets.ts';
import type { ScfEmulator } from '../emulator/scf/scf.ts';

/** The operator that `npm start` signs in. */
const LOCAL_OPERATOR = { name: '本机', role: 'manage' } as const;

/** Serves `/console`, which leads into the console of this machine, and leaves everything else to `next`. */
export function consoleFirst(
  scf: Pick<ScfEmulator, 'invoke' | 'url'>,
  next: RequestListener,
): RequestListener {
  return (request, response) => {
    if (request.method !== 'GET' || request.url !== '/console') {
      next(request, response);
      return;
    }
    consoleLink(scf).then(
      (location) => response.writeHead(303, { location, 'cache-control': 'no-store' }).end(),
      (error: unknown) => response.writeHead(502).end(`${String(error)}\n`),
    );
  };
}

/**
 * A link that signs in at the console of this machine, good once and for a minute. `localhost`, because
 * browsers make passkeys for no address of numbers.
 *
 * @throws Error if the console refuses, in its words
 */
async function consoleLink(scf: Pick<ScfEmulator, 'invoke' | 'url'>): Promise<string> {
  const secret = newSecret();
  const event = { action: 'admit', payload: { ...LOCAL_OPERATOR, secret } };
  const outcome = await scf.invoke('console', event);
  const { ok, error } = Object(outcome.ok ? outcome.result : undefined) as {
    readonly ok?: unknown;
    readonly error?: { readonly message?: string };
  };
  if (ok !== true) throw new Error(error?.message ?? 'The console does not answer.');
  const { port } = new URL(scf.url ?? '');
  return `http://localhost:${port}/console/#admit=${secret}`;
}
