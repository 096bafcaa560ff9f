import { collect } from '../../kernel/collect.ts';
import { AppError } from '../../kernel/errors.ts';
import { present } from '../../kernel/present.ts';
import type { Download } from '../catalogue/endpoint.ts';
import { weChatError } from '../errcodes.ts';
import { parseJson } from '../json.ts';
import type { Outgoing } from './outgoing.ts';
import { TransportError, type TransportResponse } from './transport.ts';

/** The longest known answer, a page of twenty drafts with their contents, stays below this. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;

/** Twice what WeChat accepts: no file from WeChat is as large. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/**
 * Reads an answer: its value, or a file whose content is still to be read; `onFileEnd` is called when
 * the caller has read it or let it go.
 *
 * @throws WeChatError for an errcode; AppError `upstream` if the answer is not one of the API, with
 * `details.class` `transient` if the next attempt may succeed, and `not_found` for HTTP 404.
 */
export async function readAnswer(
  call: Outgoing,
  response: TransportResponse,
  onFileEnd: () => void,
): Promise<unknown> {
  const { status } = response;
  if (status >= 500) {
    response.body.destroy();
    throw noAnswer(call, `HTTP ${status}`, 'transient');
  }
  if (status === 200 && call.answer !== 'json' && isFile(response)) {
    return download(call, response, onFileEnd);
  }
  const value = parse(await readText(call, response));
  if (value === undefined) {
    if (status === 404) throw notFound(call);
    if (status !== 200) throw noAnswer(call, `HTTP ${status}`, 'caller');
    throw noAnswer(call, 'something that is no JSON', 'transient');
  }
  const { errcode, errmsg } = readErrcode(value);
  if (errcode !== 0 && errcode !== call.doneBy) {
    const { name: endpoint, auth, application } = call;
    throw weChatError({
      endpoint,
      errcode,
      errmsg,
      auth,
      ...present({ application }),
    });
  }
  if (call.answer === 'binary') throw noAnswer(call, 'JSON in place of a file', 'caller');
  // WeChat's sample of a bank card writes the digit as text.
  return typeof Object(value).errcode === 'string' ? { ...Object(value), errcode } : value;
}

/** An error may come as text/plain, and a file under any other type, or as an attachment. */
function isFile(response: TransportResponse): boolean {
  const disposition = response.header('content-disposition') ?? '';
  const type = response.header('content-type') ?? '';
  return /attachment|filename/i.test(disposition) || !/json|text\/(plain|html)/i.test(type);
}

function download(call: Outgoing, response: TransportResponse, onEnd: () => void): Download {
  const announced = Number(response.header('content-length') ?? Number.NaN);
  const length = Number.isSafeInteger(announced) ? announced : undefined;
  const stream = fileStream(call, response, onEnd);
  return {
    contentType: response.header('content-type') ?? 'application/octet-stream',
    fileName: fileNameIn(response.header('content-disposition')),
    length,
    stream,
    async bytes() {
      const bytes = await collect(stream, MAX_FILE_BYTES, length);
      if (!bytes) throw noAnswer(call, `more than ${MAX_FILE_BYTES} bytes of a file`, 'transient');
      if (length !== undefined && bytes.length < length) {
        throw noAnswer(call, `only ${bytes.length} of ${length} bytes of the file`, 'transient');
      }
      return bytes;
    },
  };
}

function fileStream(
  call: Outgoing,
  response: TransportResponse,
  onEnd: () => void,
): Download['stream'] {
  return {
    async *[Symbol.asyncIterator]() {
      try {
        yield* response.body;
      } catch (error) {
        throw error instanceof TransportError ? broken(call, error) : error;
      } finally {
        onEnd();
      }
    },
    destroy() {
      response.body.destroy();
      onEnd();
    },
  };
}

/** Only the last part of a path, since callers may save the file under this name. */
function fileNameIn(disposition = ''): string | undefined {
  const quoted = /filename="([^"]*)"/i.exec(disposition)?.[1];
  const bare = /filename=([^";\s]+)/i.exec(disposition)?.[1];
  const base = (quoted ?? bare)
    ?.split(/[/\\]/)
    .at(-1)
    ?.replace(/\p{Cc}/gu, '');
  return base && !/^\.*$/.test(base) ? base : undefined;
}

async function readText(call: Outgoing, response: TransportResponse): Promise<string> {
  const bytes = await collect(response.body, MAX_JSON_BYTES);
  if (!bytes) throw noAnswer(call, `more than ${MAX_JSON_BYTES} bytes of JSON`, 'caller');
  return bytes.toString('utf8');
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** `/publisher/*` has its errcode in `base_resp`; a file has none. */
export function readErrcode(value: unknown): { errcode: number; errmsg: string } {
  const { errcode, errmsg, base_resp: base } = Object(value);
  return {
    errcode: Number(errcode ?? base?.ret ?? 0),
    errmsg: String(errmsg ?? base?.err_msg ?? ''),
  };
}

/** WeChat answered, but not as the API does. */
export function noAnswer(
  call: Outgoing,
  what: string,
  errorClass: 'transient' | 'caller',
  advice = errorClass === 'transient' ? 'Try again in a moment.' : 'Check the request.',
) {
  return new AppError('upstream', `${call.name}: WeChat answered ${what}. ${advice}`, {
    details: { endpoint: call.name, class: errorClass, outcome: 'unknown' },
  });
}

function notFound(call: Outgoing) {
  return new AppError(
    'not_found',
    `${call.name}: WeChat has nothing under this id or path (HTTP 404).`,
    {
      details: { endpoint: call.name },
    },
  );
}

/** The connection broke while the answer, or the file in it, was being read. */
export function broken(call: Outgoing, cause: TransportError) {
  return new AppError(
    'upstream',
    `${call.name}: the connection to WeChat failed (${cause.code}). Try again in a moment.`,
    {
      details: {
        endpoint: call.name,
        class: 'transient',
        reason: cause.code,
        outcome: cause.maybeSent ? 'unknown' : 'refused',
      },
      cause,
    },
  );
}
