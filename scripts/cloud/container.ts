import { collect } from '../../shared/kernel/collect.ts';
import type { Secret } from '../../shared/kernel/secret.ts';
import { OPERATORS_PATH } from '../../shared/scf/operators-door.ts';
import type { Transport } from '../../shared/wechat/client/transport.ts';

/** As much as SCF returns. */
const MAX_ANSWER_BYTES = 6 * 1_048_576;
/** As long as the slowest of the functions has when it is deployed apart. */
const TIMEOUT_MS = 120_000;

/** What is known of it here. */
export interface Container {
  readonly url: string | undefined;
  readonly invokeKey: Secret | undefined;
  readonly transport: Transport;
}

/**
 * Invokes a function that a container holds, as an operator does by HTTP.
 *
 * @throws Error that says what is needed for it, or what the container answered
 */
export async function invokeInContainer(
  { url, transport, invokeKey }: Container,
  name: string,
  event: object,
): Promise<unknown> {
  if (url === undefined || !invokeKey) {
    throw new Error(
      'A container is asked by HTTP: give its address by --url, and INVOKE_KEY as the container has it. From outside that needs public access; otherwise run the command where the container can be reached.',
    );
  }
  const answer = await transport({
    method: 'POST',
    url: new URL(`${OPERATORS_PATH}${name}`, url).href,
    headers: {
      authorization: `Bearer ${invokeKey.reveal()}`,
      'content-type': 'application/json',
    },
    body: Buffer.from(JSON.stringify(event)),
    fresh: true,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = String((await collect(answer.body, MAX_ANSWER_BYTES)) ?? '');
  if (answer.status === 200) return JSON.parse(body) as unknown;
  throw new Error(
    `The container answered ${answer.status} to an invocation of ${name}: ${answer.status === 401 ? 'INVOKE_KEY is another one there.' : body.slice(0, 200).trim() || 'see its log.'}`,
  );
}
