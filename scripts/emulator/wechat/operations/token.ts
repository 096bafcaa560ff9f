import { ApiError, errorTexts, STABLE_TOKEN_HINT } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import { checkCredentials, checkWhitelist } from '../http/gates.ts';
import type { TokenRecord } from '../state/tokens.ts';
import type { World } from '../world.ts';
import type { OperationsOf } from './operation.ts';

export const token: OperationsOf<'token'> = {
  get(world, call) {
    const { appid = '', secret = '', grant_type: grantType = '' } = call.query;
    checkCredentials(world, { appid, secret, grantType });
    checkWhitelist(world, call);
    world.quotas.take('token.get', `${errorTexts[45009]}, ${STABLE_TOKEN_HINT}`);
    const at = world.clock.now();
    return answer(world, world.tokens.issueClassic(), at);
  },

  getStable(world, call) {
    const body = jsonOf(call);
    checkCredentials(world, {
      appid: textIn(body, 'appid'),
      secret: textIn(body, 'secret'),
      grantType: textIn(body, 'grant_type'),
    });
    checkWhitelist(world, call);
    world.quotas.take('token.getStable');
    const at = world.clock.now();
    const record = body.force_refresh === true ? force(world) : world.tokens.issueStable();
    return answer(world, record, at);
  },
};

function force({ tokens, switches }: World): TokenRecord {
  const record = tokens.issueForced();
  if (record !== 'limit') return record;
  if (switches.forcedBeyondLimit === 45009) throw new ApiError(45009);
  return tokens.issueStable();
}

/** A new token has its whole life before it, though a millisecond may have passed since `at`. */
function answer({ tokens, statistics }: World, record: TokenRecord, at: number) {
  statistics.countTokenFetch(record.kind);
  return {
    access_token: tokens.textOf(record),
    expires_in: Math.floor((record.expiresAt - at) / 1_000),
  };
}
