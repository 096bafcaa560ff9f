import type { Identity } from './authenticate.ts';
import type { ProxyClient } from './clients.ts';
import { type Called, covers } from './pattern.ts';
import { Refusal } from './refusal.ts';
import type { Target } from './route.ts';

/** A call as the patterns of a client see it. */
export function calledBy(target: Target): Called {
  return target.kind === 'endpoint'
    ? { name: target.name, access: target.endpoint.access }
    : { name: target.kind === 'own' ? target.right : 'raw' };
}

/**
 * A static key stands where the token of a follower would stand, and would go to WeChat in its place.
 *
 * @throws Refusal
 */
export function checkDoor({ scheme }: Identity, target: Target): void {
  if (scheme !== 'static' || target.kind !== 'endpoint' || target.endpoint.auth === 'token') return;
  throw new Refusal(
    'not_allowed',
    `${target.name} takes a token of a follower, or none, in access_token, where a static key stands: sign the request.`,
    { details: { endpoint: target.name } },
  );
}

/** A denied call is refused, whatever else is allowed; so is a call that no pattern allows. @throws Refusal */
export function checkAccess(client: ProxyClient, target: Target): void {
  if (target.kind === 'raw') {
    if (client.raw) return;
    throw new Refusal(
      'unknown_path',
      'The catalogue does not have this path; only a client with `raw` may call it.',
    );
  }
  const called = calledBy(target);
  const isDenied = client.deny.some((pattern) => covers(pattern, called));
  if (!isDenied && client.allow.some((pattern) => covers(pattern, called))) return;
  throw new Refusal('not_allowed', `This client may not call ${called.name}.`, {
    details: { endpoint: called.name },
  });
}
