import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Log } from '../kernel/log.ts';
import type { OperatorDocument, Passkey } from './operator-document.ts';

/** The library is large, and most requests need none of it. */
const library = () => import('@simplewebauthn/server');

/** ES256 and RS256, which all authenticators know one of. */
const ALGORITHMS = [-7, -257];

/** Where the console is, as the browser names it. */
export interface Site {
  readonly origin: string;
  readonly host: string;
}

/** What a browser is asked to make a passkey for. */
export async function creationOptions(
  operator: OperatorDocument,
  site: Site,
  challenge: Uint8Array<ArrayBuffer>,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: 'fuwuhao 服务号',
    rpID: site.host,
    userName: operator._id,
    userDisplayName: operator._id,
    userID: new Uint8Array(Buffer.from(operator.handle, 'base64url')),
    challenge,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: operator.passkeys
      .filter(({ host }) => host === site.host)
      .map(({ id }) => ({ id })),
    // The browser offers it without being told a name, and asks for a finger or a code.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** The passkey that a browser has made; undefined if the answer is not what was asked for. */
export async function createdPasskey(
  response: RegistrationResponseJSON,
  options: {
    readonly site: Site;
    readonly challenge: string;
    readonly now: number;
    readonly log: Log;
  },
): Promise<Passkey | undefined> {
  const { verifyRegistrationResponse } = await library();
  const { site, challenge, now, log } = options;
  const verdict = await unlessRefused(log, () =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!verdict?.verified) return undefined;
  const { id, publicKey, counter, transports = [] } = verdict.registrationInfo.credential;
  return {
    id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    host: site.host,
    origin: site.origin,
    transports,
    addedAt: now,
  };
}

/** What a browser is asked to sign with any passkey of this site. */
export async function requestOptions(
  site: Site,
  challenge: Uint8Array<ArrayBuffer>,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: site.host,
    challenge,
    userVerification: 'required',
  });
}

/**
 * The count that the authenticator gives, if it has signed; undefined otherwise. The origin is that at
 * which the passkey was made, whatever the request says of itself.
 */
export async function signedCounter(
  response: AuthenticationResponseJSON,
  options: { readonly passkey: Passkey; readonly challenge: string; readonly log: Log },
): Promise<number | undefined> {
  const { passkey, challenge, log } = options;
  const { verifyAuthenticationResponse } = await library();
  const verdict = await unlessRefused(log, () =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: passkey.origin,
      expectedRPID: passkey.host,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
    }),
  );
  return verdict?.verified ? verdict.authenticationInfo.newCounter : undefined;
}

/** The library throws for whatever is wrong with an answer. The log says what; the caller is not told. */
async function unlessRefused<T>(log: Log, verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify();
  } catch (error) {
    log.info('sign-in refused', { reason: 'passkey', error });
    return undefined;
  }
}
