import { signal } from '@preact/signals';
import { t, type Word } from './words.ts';

/** What went wrong last, for the line at the bottom of the page. */
export const complaint = signal('');

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What WeChat did not want, with its number. */
export class Refusal extends Error {
  readonly errcode: number;

  constructor(errcode: number, errmsg: string) {
    super(errmsg);
    this.errcode = errcode;
  }
}

/** Calls the control API. @throws Error with what it says; Refusal if it was WeChat */
export async function ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const isFile = body instanceof Blob;
  const response = await fetch(`emulator${path}`, {
    method,
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json' },
  });
  const answer = (await response.json()) as T & { error?: string; errcode?: number };
  if (response.ok) return answer;
  const { error = `HTTP ${response.status}`, errcode } = answer;
  throw errcode === undefined ? new Error(error) : new Refusal(errcode, error);
}

/** Does something and complains on the page if it fails; gives `undefined` then. */
export async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    complaint.value = '';
    return await act();
  } catch (error) {
    complaint.value = wordsOf(error);
    return undefined;
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error);
  const word = refusalWords[error.errcode];
  const about = `${error.message} (errcode ${error.errcode})`;
  return word ? `${t(word)} ${about}` : about;
}

/** Refusals that somebody at the phone meets. */
const refusalWords: Readonly<Record<number, Word>> = {
  40005: 'wrongFile',
  40009: 'fileTooBig',
  40010: 'fileTooBig',
  40011: 'fileTooBig',
  40137: 'noPicture',
  44001: 'emptyFile',
  45007: 'tooLong',
};

export interface Done {
  readonly opens?: string;
}

/** Something that a follower does. */
export function act(openid: string, what: string, body: unknown = {}): Promise<Done | undefined> {
  return attempt(() => ask<Done>('POST', `/followers/${openid}/${what}`, body));
}

/** An answer of an invokable function. */
export type Invoked =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** Invokes an action as a console would. */
export function invoke(name: string, action: string, payload?: unknown): Promise<Invoked> {
  const event = { action, ...(payload === undefined ? {} : { payload }) };
  return ask('POST', '/invoke', { function: name, event });
}

/** A follower sends a file; gives its media id. */
export async function upload(type: string, fileName: string, file: Blob): Promise<string> {
  const query = new URLSearchParams({ type, fileName });
  const { media_id } = await ask<{ media_id: string }>('POST', `/media?${query}`, file);
  return media_id;
}
