import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { Clock } from '../kernel/clock.ts';
import { bytesOf, type HttpBody, type HttpRequest, type HttpResponse } from '../kernel/http.ts';
import {
  IV_BYTES,
  proofText,
  SEAL_INFO,
  type SealedToken,
  sealContext,
} from '../proxy-sdk/token-text.ts';
import type { Credential, SharedCredential, Tokens } from '../token/index.ts';
import { HOW_TO_ENCODE, signPage } from '../wechat/jssdk.ts';
import type { Identity } from './authenticate.ts';
import { Refusal } from './refusal.ts';
import { json } from './respond.ts';
import type { OwnOperation } from './route.ts';
import { hmac, isSame, newSecret } from './secrets.ts';

export type OwnEndpoints = (
  operation: OwnOperation,
  identity: Identity,
  request: HttpRequest,
) => Promise<HttpResponse>;

const rejection = v.strictObject({ proof: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });
const MAX_REJECTION_BYTES = 500;
const MAX_NAME_SHOWN = 40;

/** What the proxy answers itself: the token, sealed, and signatures for web pages. */
export function createOwnEndpoints(options: {
  readonly tokens: Pick<Tokens, 'accessToken' | 'jsapiTicket'>;
  /** Calls WeChat with the token; if WeChat refuses it, it is renewed as ever. */
  readonly tryToken: () => Promise<unknown>;
  readonly appid: string;
  readonly clock: Clock;
}): OwnEndpoints {
  const { tokens, tryToken, appid, clock } = options;

  return async (operation, identity, request) => {
    switch (operation) {
      case 'token':
        return json(200, seal(await shared().current(), identity));
      case 'reject':
        return json(200, seal(await reject(identity, request), identity));
      case 'signature':
        return json(200, await sign(request));
    }
  };

  /**
   * A client says that WeChat refused its token. The proxy listens only to a holder of the current
   * token, and asks WeChat itself: a token that WeChat takes is not given up on a client's word.
   */
  async function reject({ secret }: Identity, { body }: HttpRequest): Promise<Credential> {
    const { proof } = readRejection(body);
    const isTheirs = ({ token }: Credential) =>
      isSame(hmac(secret, proofText(token.reveal())), proof);
    const token = shared();
    let held = await token.current();
    // The client may have seen a newer one than this instance.
    if (!isTheirs(held)) held = await token.current({ atLeast: held.generation + 1 });
    if (!isTheirs(held)) return held;
    await tryToken();
    return token.current();
  }

  /** A token of the platform is good only inside WeChat Cloud, so there is none to hand out. */
  function shared(): SharedCredential {
    if (tokens.accessToken) return tokens.accessToken;
    throw new Refusal(
      'not_allowed',
      'There is no access_token to hand out: TOKEN_SOURCE says that it comes from WeChat Cloud, and never leaves it. Call WeChat through the proxy instead.',
    );
  }

  async function sign({ query }: HttpRequest): Promise<object> {
    // The static key of a client travels in the query too.
    const { url, access_token: _, ...others } = query;
    if (url === undefined) {
      throw new Refusal('malformed', `The page is missing: ?url= names it. ${HOW_TO_ENCODE}`);
    }
    const [other] = Object.keys(others);
    if (other !== undefined) {
      // An `&` of an address that was not encoded has begun a parameter of ours.
      const name = JSON.stringify(other.slice(0, MAX_NAME_SHOWN));
      const message = `There is no parameter ${name} here; it may be one of the page's. ${HOW_TO_ENCODE}`;
      throw new Refusal('malformed', message);
    }
    const ticket = await tokens.jsapiTicket.get();
    return signPage({ appid, ticket, url, nonce: newSecret().slice(0, 16), now: clock.now() });
  }
}

function readRejection(body: HttpBody): v.InferOutput<typeof rejection> {
  try {
    if (body.length > MAX_REJECTION_BYTES) throw new RangeError('too long');
    return v.parse(rejection, JSON.parse(Buffer.from(bytesOf(body)).toString('utf8')));
  } catch (cause) {
    throw new Refusal('malformed', 'The body must be {"proof": "64 hex digits"}.', { cause });
  }
}

function seal(credential: Credential, { client, secret, nonce }: Identity): SealedToken {
  if (!nonce) {
    throw new Refusal(
      'not_allowed',
      'A token is sealed to a signed request; a static key cannot ask for it.',
    );
  }
  const key = Buffer.from(hkdfSync('sha256', secret.reveal(), client._id, SEAL_INFO, 32));
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(sealContext(client._id, nonce.value)));
  const body = Buffer.concat([cipher.update(credential.token.reveal(), 'utf8'), cipher.final()]);
  return {
    sealed: Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url'),
    generation: credential.generation,
    expiresAt: Math.floor(credential.expiresAt / 1_000),
  };
}
