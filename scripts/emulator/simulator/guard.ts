import type { MiddlewareHandler } from 'hono';

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
const TUNNELLED = ['x-forwarded-for', 'x-forwarded-host', 'forwarded'];

/**
 * The page and the control API are for the developer at this machine alone. Refused are: pages of
 * other sites that the browser has open, names that were made to lead here, and whatever came
 * through a tunnel that was opened for the callback.
 */
export const onlyThisMachine: MiddlewareHandler = async (context, next) => {
  const { req } = context;
  const origin = req.header('origin');
  const isOurs =
    LOOPBACK.test(req.header('host') ?? '') &&
    (origin === undefined || LOOPBACK.test(hostOf(origin))) &&
    !TUNNELLED.some((header) => req.header(header) !== undefined);
  if (isOurs) return next();
  return context.json({ error: 'Only for this machine: ask 127.0.0.1, without a tunnel.' }, 403);
};

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}
