import type { RequestListener, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { ScfEmulator } from '../emulator/scf/scf.ts';

/**
 * `POST /emulator/invoke` with `{"function": "menu", "event": {…}}`: invokes a function as a console
 * would, and answers with its result. A failed invocation is `{"ok": false, "error": {…}}` too.
 */
export function createControl(scf: () => ScfEmulator): RequestListener {
  return (request, response) => {
    if (request.url !== '/emulator/invoke') return answer(response, 404, failure('No such page.'));
    // A page in the developer's browser could post here too, but not as JSON without asking first.
    const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
    if (request.method !== 'POST' || !isJson) {
      return answer(response, 405, failure('POST a JSON object: {"function": …, "event": …}.'));
    }
    json(request)
      .then((body) => invoke(scf(), body))
      .then(
        (result) => answer(response, 200, result),
        (error: unknown) => answer(response, 400, failure(String(error))),
      );
  };
}

async function invoke(scf: ScfEmulator, body: unknown): Promise<unknown> {
  const { function: name, event } = body as { function?: unknown; event?: unknown };
  if (typeof name !== 'string') throw new Error('"function" must be the name of a function');
  const outcome = await scf.invoke(name, event ?? {});
  if (outcome.ok) return outcome.result;
  return { ...failure(outcome.error.errorMessage), requestId: outcome.requestId };
}

function failure(message: string) {
  return { ok: false, error: { code: 'internal', message, details: {} } };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
