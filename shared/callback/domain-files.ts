import type { HttpHandler, HttpResponse } from '../kernel/http.ts';

/**
 * Serves the files by which WeChat sees that a domain belongs to the account, for its JS-SDK, its web
 * login and its business pages. WeChat reads `MP_verify_<code>.txt` at the root of the domain, and the file
 * says its own code. Only the files that are named here exist, by exactly these paths; everything else
 * goes on to the receiver, which refuses what WeChat has not signed.
 */
export function withDomainFiles(files: readonly string[], receive: HttpHandler): HttpHandler {
  if (files.length === 0) return receive;
  const answers = new Map(files.map((name) => [`/${name}`, answerOf(name)]));
  return (request) => {
    const file = request.method === 'GET' ? answers.get(request.path) : undefined;
    return file ?? receive(request);
  };
}

function answerOf(name: string): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    },
    body: name.replace(/^MP_verify_|\.txt$/g, ''),
  };
}
