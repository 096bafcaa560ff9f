import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { refuseStranger } from '../own-machine.ts';
import type { ScfEmulator } from './scf.ts';

/** The one action of SCF's cloud API that functions call: to invoke another. */
export interface InvokeApi {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * `Invoke` as https://cloud.tencent.com/document/api/583/17243 has it, for functions that sign with the
 * given id of a key: the signature itself is the business of `scripts/emulator/tencent`, which has the
 * API that a deploy talks to.
 */
export async function startInvokeApi(
  scf: () => ScfEmulator | undefined,
  secretId: string,
): Promise<InvokeApi> {
  const server = createServer((request, response) => {
    if (refuseStranger(request, response)) return;
    const isSigned = request.headers.authorization?.includes(`Credential=${secretId}/`) ?? false;
    void text(request)
      .then((body) =>
        isSigned
          ? invoke(String(request.headers['x-tc-action']), body)
          : refusal('AuthFailure.SecretIdNotFound', 'The request is not signed with a known key.'),
      )
      .catch((error: unknown) => refusal('InternalError', String(error)))
      .then((answer) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ Response: { RequestId: 'local', ...answer } }));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function invoke(action: string, body: string): Promise<object> {
    if (action !== 'Invoke') return refusal('InvalidAction', `There is no ${action} here.`);
    const {
      FunctionName,
      InvocationType,
      ClientContext = '{}',
    } = JSON.parse(body) as {
      readonly FunctionName: string;
      readonly InvocationType?: string;
      readonly ClientContext?: string;
    };
    const emulator = scf();
    if (!emulator?.functions().some(({ name }) => name === FunctionName)) {
      return refusal('ResourceNotFound.Function', `There is no function ${FunctionName}.`);
    }
    const type = InvocationType === 'Event' ? 'async' : 'sync';
    const outcome = await emulator.invoke(FunctionName, JSON.parse(ClientContext), { type });
    return { Result: { FunctionRequestId: outcome.requestId, InvokeResult: outcome.ok ? 0 : -1 } };
  }
}

function refusal(Code: string, Message: string): object {
  return { Error: { Code, Message } };
}
