import type { HttpApp } from '../kernel/app.ts';
import type { HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { Secret } from '../kernel/secret.ts';
import { EXPOSITION_TYPE, exposition } from '../metrics/exposition.ts';
import { gather } from '../metrics/index.ts';
import { metricTable } from '../monitoring/metric-table.ts';
import { credentialsOf, readingSettings, readings, withInstances } from '../monitoring/readings.ts';
import { start, systemWorld, type World } from './parts/world.ts';

/** Any caller may ask for the health, but the store is read no more often than this. */
const HEALTH_KEPT_MS = 5_000;

const BEARER = /^Bearer +(\S+)$/i;

/**
 * What monitoring reads: `…/health` tells any caller whether the account can work; every other path
 * gives the metrics to a caller that has the key.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration: the instance must not start.
 */
export function metricsApp(world: World = systemWorld): HttpApp {
  const { clock, log, finish, config, store } = start('metrics', world, [
    ...readingSettings,
    'metricsKey',
  ]);
  const { metricsKey } = config;
  let health: { readonly at: number; readonly response: HttpResponse } | undefined;
  return { clock, log, finish, handle };

  async function handle(request: HttpRequest): Promise<HttpResponse> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return respond(405, '');
    if (/\/health\/?$/.test(request.path)) {
      if (!health || clock.now() - health.at >= HEALTH_KEPT_MS) {
        health = { at: clock.now(), response: await askHealth() };
      }
      return health.response;
    }
    if (!metricsKey)
      return respond(403, 'METRICS_KEY is not set, so the metrics cannot be read.\n');
    if (!isAllowed(metricsKey, request)) {
      log.warn('metrics refused', { requestId: request.requestId, status: 401 });
      return { ...respond(401, ''), headers: { 'www-authenticate': 'Bearer' } };
    }
    const now = clock.now();
    const [totals, read] = await Promise.all([
      gather(store, metricTable),
      readings(store, config, now),
    ]);
    const text = await exposition(metricTable, withInstances(totals, now), read);
    return respond(200, text, EXPOSITION_TYPE);
  }

  /**
   * `ok` if the store answers and, where the token is a document, holds one that works; else what is
   * wrong, in one word.
   */
  async function askHealth(): Promise<HttpResponse> {
    try {
      const credentials = await credentialsOf(store, config);
      if (config.tokenSource !== 'document') return respond(200, 'ok\n');
      const hasToken = credentials.some(
        ({ kind, expiresAt = 0 }) => kind !== 'jsapi_ticket' && expiresAt > clock.now(),
      );
      return hasToken ? respond(200, 'ok\n') : respond(503, 'token\n');
    } catch (error) {
      log.error('health unknown', { error });
      return respond(503, 'store\n');
    }
  }
}

function isAllowed(key: Secret, { headers }: HttpRequest): boolean {
  const given = BEARER.exec(headers.authorization ?? '')?.[1];
  return given !== undefined && key.equals(given);
}

function respond(status: number, body: string, type = 'text/plain; charset=utf-8'): HttpResponse {
  return { status, headers: { 'content-type': type, 'cache-control': 'no-store' }, body };
}
