import type { Download } from '../wechat/catalogue/index.ts';
import { parseJson } from '../wechat/json.ts';
import { ProxyError } from './error.ts';
import { type ProxyResponse, readFailure } from './send.ts';

/** @throws ProxyError for a refusal of the proxy, and for an errcode of WeChat. */
export function decode(incoming: ProxyResponse): unknown {
  const { status, headers, bytes } = incoming;
  const contentType = headers.get('content-type') ?? '';
  const disposition = headers.get('content-disposition') ?? '';
  if (status !== 200) throw readFailure(incoming);
  if (!incoming.isAuthentic) throw unauthentic(status);
  if (disposition || !/json|text\/(plain|html)/i.test(contentType)) {
    return received(bytes, contentType, safeName(/filename="?([^";]*)/i.exec(disposition)?.[1]));
  }
  const value = parse(new TextDecoder().decode(bytes));
  const { errcode, errmsg, base_resp: base } = Object(value);
  const code = Number(errcode ?? base?.ret ?? 0);
  if (code === 0) return value;
  const rid = headers.get('x-wechat-rid');
  throw new ProxyError(`WeChat answered ${code} "${String(errmsg ?? base?.err_msg ?? '')}".`, {
    code: 'wechat',
    status,
    errcode: code,
    ...(rid ? { rid } : {}),
  });
}

/** The proxy's signature is over the whole file, so that the file is here before it is handed out. */
function received(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
  fileName: string | undefined,
): Download {
  return {
    contentType,
    fileName,
    length: bytes.length,
    stream: {
      async *[Symbol.asyncIterator]() {
        yield bytes;
      },
      destroy() {},
    },
    bytes: async () => bytes,
  };
}

/**
 * The name alone, as a file may be called on any system: no folder, no way up, nothing hidden, no control
 * character. A caller may write the file under it without looking.
 */
function safeName(given: string | undefined): string | undefined {
  const last = given?.replace(/^.*[/\\]/, '') ?? '';
  const name = last
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .slice(0, 200);
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name) ? `_${name}` : name || undefined;
}

/** Somebody on the way made the answer up or changed it, so nothing is known of the call. */
function unauthentic(status: number): ProxyError {
  return new ProxyError(
    'The answer is not signed by the proxy: something between has changed it, or the proxy is older than this client.',
    { code: 'unauthentic', status, details: { outcome: 'unknown', isAuthentic: false } },
  );
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new ProxyError(
      'WeChat answered something that is no JSON.',
      { code: 'upstream', status: 200 },
      cause,
    );
  }
}
