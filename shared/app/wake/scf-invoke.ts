import type { WakeWorker } from '../../jobs/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { collect } from '../../kernel/collect.ts';
import { AppError } from '../../kernel/errors.ts';
import { withinTime } from '../../kernel/time-limit.ts';
import type { Credentials } from '../../store/credentials.ts';
import type { Transport } from '../../wechat/client/index.ts';
import { signedHeaders } from './tc3.ts';

/** The answer to an asynchronous invocation is some hundred bytes. */
const MAX_ANSWER_BYTES = 64 * 1024;

export interface ScfInvokeOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly credentials: () => Credentials | undefined;
  readonly region: string;
  readonly namespace: string;
  readonly functionName: string;
  readonly limitMs: number;
  /** Default: the cloud API of SCF. */
  readonly url?: string;
}

/**
 * Starts the worker by an asynchronous invocation, whose answer does not wait for it. The role of
 * the calling function must allow `scf:InvokeFunction`.
 * https://cloud.tencent.com/document/api/583/17243
 */
export function createScfInvoke(options: ScfInvokeOptions): WakeWorker {
  const { transport, clock, region, namespace, functionName, limitMs } = options;
  const url = new URL(options.url ?? 'https://scf.tencentcloudapi.com/');

  return async () => {
    const credentials = options.credentials();
    if (!credentials) throw failed('the function has no role, and so no credentials');
    const body = JSON.stringify({
      FunctionName: functionName,
      Namespace: namespace,
      InvocationType: 'Event',
      ClientContext: JSON.stringify({ wake: true }),
    });
    const call = { url, service: 'scf', action: 'Invoke', version: '2018-04-16', region, body };
    const post = async ({ signal }: { readonly signal: AbortSignal }) => {
      const response = await transport({
        method: 'POST',
        url: url.href,
        headers: signedHeaders({ ...call, now: clock.now() }, credentials),
        body: Buffer.from(body),
        fresh: false,
        signal,
      });
      return collect(response.body, MAX_ANSWER_BYTES);
    };
    const late = () => failed(`no answer in ${limitMs} ms`);
    const code = codeIn(await withinTime(clock, limitMs, post, late));
    if (code !== undefined) throw failed(`SCF answered ${code}`);
  };
}

/** The code of an error in an answer: the cloud API answers 200 to every request that it can read. */
function codeIn(answer: Buffer | undefined): string | undefined {
  try {
    const { Response } = JSON.parse(String(answer)) as {
      Response?: { Error?: { Code?: unknown } };
    };
    if (Response) return Response.Error && String(Response.Error.Code);
  } catch {
    // Falls through: something other than the cloud API has answered.
  }
  return 'nothing readable';
}

function failed(why: string): AppError {
  return new AppError('upstream', `The worker could not be invoked: ${why}.`);
}
