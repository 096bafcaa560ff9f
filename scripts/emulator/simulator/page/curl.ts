import type { Delivery } from '../../wechat/push/deliver.ts';
import type { RecordedCall } from '../../wechat/state/calls.ts';

/** A delivery as a command; its signature is good for some minutes. */
export function curlOfDelivery({ url, requestHeaders, requestBody }: Delivery): string {
  const headers = Object.entries(requestHeaders).map(
    ([name, value]) => `-H ${quote(`${name}: ${value}`)}`,
  );
  return ['curl', quote(url), ...headers, '--data-binary', quote(requestBody)].join(' ');
}

/** A call as a command; the token is masked here, so the shell has to know it. */
export function curlOfCall(call: RecordedCall, apiUrl: string): string {
  const query = new URLSearchParams(call.query);
  query.delete('access_token');
  const text = query.toString();
  const token = 'access_token' in call.query ? `${text ? '&' : ''}access_token=` : '';
  const url = `${apiUrl}${call.path}${text || token ? '?' : ''}${text}${token}`;
  const address = token ? `${quote(url)}"$ACCESS_TOKEN"` : quote(url);
  const isJson = call.body.startsWith('{') || call.body.startsWith('[');
  const body = isJson
    ? ['-H', quote('content-type: application/json'), '--data-binary', quote(call.body)]
    : [];
  return ['curl', '-X', call.method, address, ...body].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
