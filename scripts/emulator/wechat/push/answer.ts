import type { PushAccount } from './account.ts';
import { decrypt, sign } from './crypto.ts';
import { Fault } from './fault.ts';
import { type Notation, readFields } from './notation.ts';
import { isAnswered, type Reply, readReply, type Trigger } from './reply.ts';
import { childOf, readXml, type XmlElement } from './xml-reader.ts';

/** One answer of the callback as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly body: Uint8Array;
}

export type Verdict =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** `ignored` is a good reply to something that WeChat shows no reply to, an unfollow for example. */
  | { readonly kind: 'silent'; readonly ignored?: Reply }
  | { readonly kind: 'fault'; readonly reason: string };

export interface Judgement {
  readonly verdict: Verdict;
  /** What was inside the ciphertext. */
  readonly decrypted?: string;
}

/** Judges an answer inside WeChat Cloud, where nothing is sealed. */
export function judgePlain(trigger: Trigger, answer: Answer, notation: Notation): Judgement {
  return {
    verdict: attempt(() => {
      const body = textOf(answer);
      if (body === '' || body === 'success') return { kind: 'silent' };
      return verdictOn(readFields(notation, body), trigger);
    }),
  };
}

/** Opens an answer and judges it as strictly as WeChat would; `decrypted` is there if it was sealed. */
export function judge(account: PushAccount, trigger: Trigger, answer: Answer): Judgement {
  let decrypted: string | undefined;
  const verdict = attempt(() => {
    const body = textOf(answer);
    if (body === '' || body === 'success') return { kind: 'silent' };
    let root = readXml(body);
    if (account.mode !== 'plain' && childOf(root, 'Encrypt')) {
      decrypted = open(account, root);
      root = readXml(decrypted);
    } else if (account.mode === 'safe') {
      throw new Fault('the answer is not encrypted, although the account is in safe mode');
    }
    return verdictOn(root, trigger);
  });
  return decrypted === undefined ? { verdict } : { verdict, decrypted };
}

/** @throws Fault */
function verdictOn(root: XmlElement, trigger: Trigger): Verdict {
  const reply = readReply(root, trigger);
  return isAnswered(trigger) ? { kind: 'reply', reply } : { kind: 'silent', ignored: reply };
}

function attempt(run: () => Verdict): Verdict {
  try {
    return run();
  } catch (error) {
    if (error instanceof Fault) return { kind: 'fault', reason: error.message };
    throw error;
  }
}

/** The text of a 200, with every byte in its place. @throws Fault */
export function textOf({ status, body }: Answer): string {
  if (status !== 200) throw new Fault(`the status is ${status}, not 200`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new Fault('the answer is not UTF-8');
  }
}

function open(account: PushAccount, root: XmlElement): string {
  const encrypted = textIn(root, 'Encrypt');
  const timestamp = textIn(root, 'TimeStamp');
  if (!/^\d+$/.test(timestamp)) throw new Fault(`TimeStamp is "${timestamp}", no integer`);
  const expected = sign(account.token, timestamp, textIn(root, 'Nonce'), encrypted);
  if (textIn(root, 'MsgSignature') !== expected) throw new Fault('MsgSignature is wrong');
  const { message, appid } = decrypt(account.encodingAesKey, encrypted);
  if (appid !== account.appid) {
    throw new Fault(`the appid inside Encrypt is "${appid}", not "${account.appid}"`);
  }
  return message;
}

function textIn(root: XmlElement, name: string): string {
  const text = childOf(root, name)?.text ?? '';
  if (text === '') throw new Fault(`<${name}> is missing or empty in the encrypted answer`);
  return text;
}
