import { type Clock, sleep } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Log, LogFields } from '../../kernel/log.ts';
import type { Secret } from '../../kernel/secret.ts';
import { startTimeLimit, type TimeLimit, unlessAborted } from '../../kernel/time-limit.ts';
import { WeChatError } from '../wechat-error.ts';
import { broken, readAnswer } from './answer.ts';
import { encodeQuery, type Outgoing } from './outgoing.ts';
import { type CallProgress, type FailedAttempt, nextStep } from './retry.ts';
import { type Transport, TransportError } from './transport.ts';

/** Gives the account's access_token to the client. */
export interface TokenSource {
  /** The field of the query in which WeChat looks for such a token; `access_token` unless said. */
  readonly field?: 'access_token' | 'cloudbase_access_token';
  /** A token that WeChat is expected to take; `undefined` where the network adds the identity itself. */
  get(signal?: AbortSignal): Promise<Secret | undefined>;
  /**
   * Gives another token in place of this one, which WeChat refused; `undefined` if there is none, and
   * then WeChat's refusal ends the call.
   */
  reject(token: Secret, signal?: AbortSignal): Promise<Secret | undefined>;
  /** What to do about an errcode where it means something else than with a token of ours. */
  advise?(errcode: number): string | undefined;
}

export interface CallOptions {
  /** Ends the call at once, with the signal's reason as the error. */
  readonly signal?: AbortSignal;
  /** For all attempts together, and for reading a file that is the answer. */
  readonly timeoutMs?: number;
  /**
   * `false`: a request that WeChat may have got is not sent again. For callers that count every try
   * themselves. Default: repeated when the catalogue says that this is safe.
   */
  readonly repeat?: boolean;
}

export interface CallerOptions {
  readonly transport: Transport;
  /** Such as `https://api.weixin.qq.com`. */
  readonly baseUrl: string;
  /** Asked in turn when `baseUrl` cannot be reached. */
  readonly fallbackUrls?: readonly string[];
  readonly token: TokenSource;
  readonly clock: Clock;
  /** 0 to 1, as `Math.random`. */
  readonly random: () => number;
  readonly log: Log;
  /** For calls that name no other. Default 10 s. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const WECHAT_HOST = /\.weixin\.qq\.com$/;

/** Turns WeChat's response into a value or an error; the default is `readAnswer`. */
export type AnswerReader = typeof readAnswer;

export type Caller = (
  call: Outgoing,
  options?: CallOptions,
  read?: AnswerReader,
) => Promise<unknown>;

/** How one attempt is made. */
interface Attempt {
  readonly token: Secret | undefined;
  readonly progress: CallProgress;
  readonly limit: TimeLimit;
  readonly read: AnswerReader;
}

/** Makes calls, each in as many attempts as are safe and fit into its time. */
export function createCaller(options: CallerOptions): Caller {
  const { transport, token: tokens, clock, random, log } = options;
  const hosts = [options.baseUrl, ...(options.fallbackUrls ?? [])];
  const isRealWeChat = WECHAT_HOST.test(new URL(options.baseUrl).hostname);

  return async (
    given,
    { signal, timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS, repeat = true } = {},
    read = readAnswer,
  ) => {
    const call = repeat ? given : { ...given, mayRepeat: false };
    const limit = startTimeLimit(clock, timeoutMs, () => timedOut(call, timeoutMs), signal);
    try {
      const { value, isOpen } = await run(call, limit, read);
      if (!isOpen) limit.end();
      return value;
    } catch (error) {
      limit.end();
      throw error;
    }
  };

  async function run(call: Outgoing, limit: TimeLimit, read: AnswerReader) {
    const { signal } = limit;
    signal.throwIfAborted();
    let progress: CallProgress = { host: 0, fresh: !call.mayRepeat, renewed: false, pauses: 0 };
    const needsToken = call.auth === 'token';
    let token = needsToken ? await unlessAborted(tokens.get(signal), signal) : undefined;
    for (;;) {
      const how = { token, progress, limit, read };
      const outcome = await told(call, () => attempt(call, how));
      if (!('error' in outcome)) return outcome;
      const step = nextStep(outcome, progress, {
        mayRepeat: call.mayRepeat,
        hosts: call.host && isRealWeChat ? 1 : hosts.length,
        left: limit.left(),
        random,
      });
      if (!step) throw advised(outcome.error);
      ({ progress } = step);
      const errcode = outcome.error instanceof WeChatError ? outcome.error.errcode : undefined;
      if (step.reason === 'token_stale') {
        token = token && (await unlessAborted(tokens.reject(token, signal), signal));
        if (!token) throw advised(outcome.error);
      }
      log.warn('wechat call repeated', { endpoint: call.name, reason: step.reason, errcode });
      if (step.delayMs > 0) await sleep(clock, step.delayMs, signal);
    }
  }

  function advised(error: AppError): AppError {
    if (!(error instanceof WeChatError)) return error;
    const advice = tokens.advise?.(error.errcode);
    return advice === undefined ? error : error.withAdvice(advice);
  }

  /** Logs how each attempt ended, whatever becomes of the call. */
  async function told<Outcome extends object>(
    { name: endpoint }: Outgoing,
    run: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const startedAt = clock.now();
    const tell = (how: LogFields) =>
      log.debug('wechat called', { endpoint, ...how, ms: clock.now() - startedAt });
    try {
      const outcome = await run();
      tell('error' in outcome ? howItFailed(outcome.error) : { errcode: 0, reason: 'ok' });
      return outcome;
    } catch (error) {
      tell(howItFailed(error));
      throw error;
    }
  }

  async function attempt(
    call: Outgoing,
    { token, progress, limit, read }: Attempt,
  ): Promise<{ value: unknown; isOpen: boolean } | FailedAttempt> {
    try {
      const response = await transport({
        method: call.method,
        url: urlOf(call, hosts[progress.host] ?? options.baseUrl, token),
        headers: headersOf(call),
        body: call.body?.open(),
        fresh: progress.fresh,
        signal: limit.signal,
      });
      const value = await read(call, response, limit.end);
      return { value, isOpen: call.answer !== 'json' && 'stream' in Object(value) };
    } catch (error) {
      if (limit.signal.aborted) throw limit.signal.reason;
      return classify(call, error);
    }
  }

  function urlOf(call: Outgoing, base: string, token: Secret | undefined): string {
    const origin = call.host && isRealWeChat ? `https://${call.host}` : base;
    // Ours comes last: a caller's own field of this name must not take its place.
    const { field = 'access_token' } = tokens;
    const query = encodeQuery(token ? { ...call.query, [field]: token.reveal() } : call.query);
    return `${origin}${call.path}${query ? `?${query}` : ''}`;
  }
}

function headersOf({ body }: Outgoing): Record<string, string> {
  if (!body) return {};
  return { 'content-type': body.contentType, 'content-length': String(body.length) };
}

/** In a few fixed words, for the log and for the metrics that count its lines. */
function howItFailed(error: unknown): LogFields {
  if (error instanceof WeChatError) {
    const { errcode, rid, class: reason } = error;
    return { errcode, rid, reason };
  }
  if (!(error instanceof AppError)) return { reason: 'bug' };
  if (error.code === 'timeout') return { reason: 'timeout' };
  return { reason: error.cause instanceof TransportError ? 'network' : 'no_answer' };
}

/** Throws on what is no failure of the call: a bug, or the end of its time. */
function classify(call: Outgoing, error: unknown): FailedAttempt {
  if (error instanceof TransportError) {
    const { maybeSent, wasReused } = error;
    return { kind: 'network', maybeSent, wasReused, error: broken(call, error) };
  }
  if (error instanceof WeChatError) {
    if (error.class === 'token_stale') return { kind: 'token_stale', error };
    if (error.class === 'transient') return { kind: 'transient', waitMs: error.waitMs, error };
    return { kind: 'final', error };
  }
  if (error instanceof AppError && error.code === 'upstream') {
    const isTransient = error.details.class === 'transient';
    return isTransient ? { kind: 'transient', waitMs: 0, error } : { kind: 'final', error };
  }
  throw error;
}

function timedOut(call: Outgoing, timeoutMs: number): AppError {
  return new AppError('timeout', `${call.name}: WeChat did not answer within ${timeoutMs} ms.`, {
    details: { endpoint: call.name, outcome: 'unknown' },
  });
}
