import type { PushMessage } from '../wechat/push/messages.ts';
import type { RecordedCall } from '../wechat/state/calls.ts';
import type { TrafficRow } from './feed.ts';

const MAX_ABOUT_CHARS = 80;

export function describePush(said: PushMessage): Pick<TrafficRow, 'name' | 'about' | 'openid'> {
  const { openid } = said;
  if (said.type === 'raw') return { openid, name: 'raw', about: clip(said.body) };
  if (said.type === 'event') {
    const { EventKey = '' } = said as { readonly EventKey?: string };
    return { openid, name: said.Event, about: clip(EventKey) };
  }
  return { openid, name: said.type, about: clip(aboutMessage(said)) };
}

function aboutMessage(said: Exclude<PushMessage, { type: 'raw' | 'event' }>): string {
  switch (said.type) {
    case 'text':
      return said.Content;
    case 'location':
      return said.Label;
    case 'link':
    case 'file':
      return said.Title;
    default:
      return said.MediaId;
  }
}

export function describeCall(
  call: RecordedCall,
): Omit<TrafficRow, 'id' | 'kind' | 'deliveries' | 'openid'> {
  const { at, endpoint, method, path, status, errcode, rid, ms } = call;
  return {
    at,
    name: endpoint ?? `${method} ${path}`,
    about: errcode === 0 ? path : clip(errmsgIn(call.answer) || path),
    state: errcode === 0 && status >= 200 && status < 400 ? 'ok' : 'refused',
    status,
    errcode,
    ms,
    ...(rid === null ? {} : { rid }),
  };
}

function errmsgIn(answer: string): string {
  return /"errmsg":"([^"]*)"/.exec(answer)?.[1] ?? '';
}

function clip(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return [...line].length > MAX_ABOUT_CHARS
    ? `${[...line].slice(0, MAX_ABOUT_CHARS).join('')}…`
    : line;
}
