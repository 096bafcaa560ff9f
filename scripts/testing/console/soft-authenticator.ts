import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

interface Challenge {
  readonly challenge: string;
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array) => Buffer.from(data).toString('base64url');

/** User present and verified; and beside it, that a credential follows. */
const SEEN = 0x05;
const WITH_CREDENTIAL = 0x45;

/** A byte string in CBOR, of up to 65 535 bytes. */
function cborBytes(bytes: Uint8Array): Buffer {
  const head = Buffer.from([0x59, bytes.length >> 8, bytes.length & 0xff]);
  return Buffer.concat([head, bytes]);
}

/**
 * An authenticator with one ES256 key, after https://www.w3.org/TR/webauthn-3/ (§6.1 and §6.5.4). What it
 * says can be made wrong, for attacks; the tests in a browser use that of Chromium.
 */
export class SoftAuthenticator {
  readonly id = randomBytes(16);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #host: string;
  #counter = 0;

  constructor(host: string) {
    this.#host = host;
  }

  create({ challenge }: Challenge, origin: string) {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const publicKey = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
    const length = Buffer.from([0, this.id.length]);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, publicKey]);
    const authData = Buffer.concat([this.#head(WITH_CREDENTIAL), credential]);
    const attestationObject = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
      cborBytes(authData),
    ]);
    return this.#answer({
      clientDataJSON: base64url(clientData('webauthn.create', challenge, origin)),
      attestationObject: base64url(attestationObject),
      transports: ['internal'],
    });
  }

  get({ challenge }: Challenge, origin: string, { host = this.#host, flags = SEEN } = {}) {
    this.#counter += 1;
    const data = clientData('webauthn.get', challenge, origin);
    const authenticatorData = this.#head(flags, host);
    const signed = Buffer.concat([authenticatorData, sha256(data)]);
    return this.#answer({
      clientDataJSON: base64url(data),
      authenticatorData: base64url(authenticatorData),
      signature: base64url(sign('sha256', signed, this.#keys.privateKey)),
    });
  }

  #head(flags: number, host = this.#host): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    return Buffer.concat([sha256(host), Buffer.from([flags]), counter]);
  }

  #answer<Response extends object>(response: Response) {
    const id = base64url(this.id);
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}
