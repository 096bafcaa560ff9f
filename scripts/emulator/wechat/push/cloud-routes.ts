import type { PushAccount } from './account.ts';
import { judgePlain, textOf } from './answer.ts';
import { bodyOf } from './body.ts';
import { type Delivery, deliver, type Wire } from './deliver.ts';
import { Fault } from './fault.ts';
import type { Notation } from './notation.ts';
import type { Route } from './route.ts';
import { reasonAgainst } from './signed-route.ts';

/** WeChat posts it when an administrator saves the path of a container. */
const PATH_CHECK: Readonly<Record<Notation, string>> = {
  json: '{"action":"CheckContainerPath"}',
  xml: '<xml><action>CheckContainerPath</action></xml>',
};

/**
 * To a container of WeChat Cloud Run, over WeChat's own network: neither signed nor sealed, in the
 * notation that the console says. What tells it is the header of the platform.
 */
export function containerRoute(options: {
  readonly account: PushAccount;
  readonly url: string;
  readonly notation: Notation;
  /** What the platform says of a request, such as `x-wx-source`. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly wire: Wire;
}): Route {
  const { account, url, notation, headers, wire } = options;
  const post = (body: string) => deliver(wire, { method: 'POST', url, body, headers: headers() });

  return {
    async check() {
      const { delivery, answer } = await post(PATH_CHECK[notation]);
      if (!answer) return { ok: false, delivery };
      const problem = reasonAgainst(() => {
        const text = textOf(answer);
        if (text !== '' && text !== 'success') throw new Fault('the answer is not success');
      });
      return problem ? { ok: false, delivery: { ...delivery, problem } } : { ok: true, delivery };
    },
    write: (message, assigned) => bodyOf(account, message, assigned, { notation }),
    deliver: (_, { text }) => post(text),
    judge: (trigger, answer) => judgePlain(trigger, answer, notation),
  };
}

/** What became of a call of a cloud function. */
export type FunctionOutcome =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: string };

/** Calls the function, with what the platform says of the call in its context. */
export type CallFunction = (
  event: object,
  context: Readonly<Record<string, string>>,
) => Promise<FunctionOutcome>;

/**
 * To a cloud function, whose event is the message. The ids of messages are texts that are no numbers,
 * and the account is named by its appid.
 */
export function functionRoute(options: {
  readonly account: PushAccount;
  /** Environment and function, as the console names them. */
  readonly target: { readonly envId: string; readonly functionName: string };
  readonly call: CallFunction;
  readonly context: () => Readonly<Record<string, string>>;
  readonly wire: Pick<Wire, 'clock' | 'timeoutMs'>;
}): Route {
  const { account, target, wire } = options;
  const named = { ...account, originalId: account.appid };
  const url = `wxcloud://${target.envId}/${target.functionName}`;

  return {
    /** The console takes the name of a function, and asks it nothing. */
    check: async () => ({ ok: true, delivery: emptyDelivery(wire.clock.now()) }),
    write(message, assigned) {
      // A raw message says itself how it names the account.
      const isRaw = message.type === 'raw' && message.body.includes(account.originalId);
      const wording = { notation: 'json', msgId: textId } as const;
      return bodyOf(isRaw ? account : named, message, assigned, wording);
    },
    deliver: (_, { text }) => carry(text),
    judge: (trigger, answer) => judgePlain(trigger, answer, 'json'),
  };

  async function carry(requestBody: string) {
    const { clock, timeoutMs } = wire;
    const requestHeaders = options.context();
    const start = { at: clock.now(), url, requestBody, requestHeaders };
    let isLate = false;
    let cancel = () => {};
    const late = new Promise<FunctionOutcome>((resolve) => {
      cancel = clock.after(timeoutMs, () => {
        isLate = true;
        resolve({ ok: false, error: `no answer within ${timeoutMs} ms` });
      });
    });
    const event = eventOf(requestBody);
    const outcome = event
      ? await Promise.race([options.call(event, requestHeaders), late])
      : { ok: false as const, error: 'an event must be a JSON object' };
    cancel();
    const ms = clock.now() - start.at;
    if (!outcome.ok) {
      const problem = isLate ? outcome.error : `no answer: ${outcome.error}`;
      return { delivery: { ...start, ms, problem } };
    }
    const { result } = outcome;
    const responseBody = typeof result === 'string' ? result : JSON.stringify(result ?? '');
    const answer = { status: 200, body: new TextEncoder().encode(emptied(responseBody)) };
    return { delivery: { ...start, ms, status: 200, responseBody }, answer };
  }

  function emptyDelivery(at: number): Delivery {
    return { at, url, requestBody: '', requestHeaders: {}, ms: 0 };
  }
}

/** A result of nothing is written as an empty text, in quotation marks. */
function emptied(text: string): string {
  return text === '""' ? '' : text;
}

function eventOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Such as `49d72d67_1555684067`: digits of two systems, and a mark between them. */
function textId(id: string): string {
  const number = BigInt(id);
  return `${(number >> 32n).toString(16)}_${number & 0xffff_ffffn}`;
}
