import { AsyncLocalStorage } from 'node:async_hooks';
import { systemWorld, type World } from '../app/parts/world.ts';
import type { HttpApp } from '../kernel/app.ts';
import { loadConfig } from '../kernel/config.ts';
import { Keyring } from '../store/keyring.ts';
import { HttpServer } from './server.ts';

/** Where the platform looks for the server of an HTTP function. */
const PLATFORM_PORT = 9_000;
/** The header in which SCF gives the caller's address. */
const SCF_ADDRESS = 'x-scf-remote-addr';
/** After SIGTERM the platform waits a little before it ends the process. */
const END_WITHIN_MS = 5_000;

/**
 * Serves an app by HTTP for as long as the process lives: the entry of an HTTP function or of a
 * container. SIGTERM ends it as soon as the requests in flight are answered.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration: the process must not start.
 */
export async function serve(createApp: (world: World) => HttpApp): Promise<void> {
  const { env } = systemWorld;
  const isScf = env.TENCENTCLOUD_RUNENV === 'SCF';
  const requests = new AsyncLocalStorage<string>();
  const keyring = new Keyring(env);
  const { requestsAtOnce, addressHeader = isScf ? SCF_ADDRESS : undefined } = loadConfig(env, [
    'requestsAtOnce',
    'addressHeader',
  ]);
  const app = createApp({
    ...systemWorld,
    keyring,
    requestId: () => requests.getStore(),
    tellsNoAddress: addressHeader === undefined,
  });
  const { log } = app;
  const server = new HttpServer({
    app,
    keyring: isScf ? keyring : undefined,
    requestsAtOnce,
    addressHeader,
    within: (requestId, work) => requests.run(requestId, work),
  });
  const port = await server.listen(Number(env.PORT ?? PLATFORM_PORT));
  log.info('server started', { details: { port } });
  app.background?.start();

  // The other messages of this process must not die of it.
  process.on('unhandledRejection', (error) => log.error('promise rejected unheard', { error }));
  process.once('SIGTERM', () => void end('SIGTERM'));
  process.once('SIGINT', () => void end('SIGINT'));

  async function end(reason: string): Promise<void> {
    log.info('server ending', { reason, count: server.inFlight });
    const [how] = await Promise.all([
      server.end(END_WITHIN_MS),
      app.background?.end(END_WITHIN_MS),
    ]);
    log.info('server ended', { reason: how });
    process.exit(0);
  }
}
