import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** 32 MB and about 100 ms of a processor for each guess. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 32;

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);

/** A password as it is kept. */
export interface HashedPassword {
  readonly salt: string;
  readonly hash: string;
}

export async function hashPassword(password: string): Promise<HashedPassword> {
  const salt = randomBytes(16);
  return { salt: salt.toString('base64url'), hash: await digest(password, salt) };
}

/** What an operator who has no password is compared with, so that it takes as long. */
const nobody: HashedPassword = {
  salt: randomBytes(16).toString('base64url'),
  hash: randomBytes(KEY_BYTES).toString('base64url'),
};

/** Takes the same time for a wrong password and for an operator who is not there. */
export async function isPassword(
  password: string,
  kept: HashedPassword | undefined,
): Promise<boolean> {
  const { salt, hash } = kept ?? nobody;
  const given = Buffer.from(await digest(password, Buffer.from(salt, 'base64url')), 'base64url');
  const expected = Buffer.from(hash, 'base64url');
  const isSame = given.length === expected.length && timingSafeEqual(given, expected);
  return isSame && kept !== undefined;
}

/** The same letters typed on another system may be other characters: NFKC makes them one. */
async function digest(password: string, salt: Buffer): Promise<string> {
  return (await derive(password.normalize('NFKC'), salt, KEY_BYTES, COST)).toString('base64url');
}
