import { randomBytes, randomInt } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

/** What the emulators and the functions of one state folder know of each other, and nobody else does. */
export interface LocalKeys {
  /** The AppSecret, Token and EncodingAESKey of the local account. */
  readonly secret: string;
  readonly token: string;
  readonly encodingAesKey: string;
  /** The key of the local CloudBase and SCF. */
  readonly secretId: string;
  readonly secretKey: string;
  /** What the local Prometheus sends. */
  readonly metricsKey: string;
  /** Opens the page and every control API. */
  readonly pageKey: string;
}

const schema: v.GenericSchema<unknown, LocalKeys> = v.strictObject({
  secret: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{3,32}$/)),
  encodingAesKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{43}$/)),
  secretId: v.pipe(v.string(), v.nonEmpty()),
  secretKey: v.pipe(v.string(), v.nonEmpty()),
  metricsKey: v.pipe(v.string(), v.minLength(16)),
  pageKey: v.pipe(v.string(), v.regex(/^[\w-]{16,}$/)),
});

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** New keys, which nobody can guess. */
export function newKeys(): LocalKeys {
  return {
    secret: randomBytes(16).toString('hex'),
    token: letters(32),
    encodingAesKey: letters(43),
    secretId: `AKID${letters(32)}`,
    secretKey: letters(32),
    metricsKey: letters(32),
    pageKey: letters(24),
  };
}

/**
 * The keys of a state folder, made when they are first asked for. Who wants certain ones writes them
 * into the file. Nobody but the owner may look into the folder.
 *
 * @throws Error that names the file if it holds something else
 */
export function keysOf(stateDir: string | undefined): LocalKeys {
  if (stateDir === undefined) return newKeys();
  privateFolder(stateDir);
  const file = path.join(stateDir, 'keys.json');
  if (!existsSync(file)) {
    const keys = newKeys();
    writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    return keys;
  }
  try {
    return v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} does not hold the keys of a local account; remove it for new ones.`, {
      cause,
    });
  }
}

/** Makes a folder that nobody but its owner may look into; one that is there already becomes one. */
export function privateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

function letters(count: number): string {
  return Array.from({ length: count }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
