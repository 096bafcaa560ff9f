import type { PushMessage } from '../wechat/push/messages.ts';
import type { RecordedCall } from '../wechat/state/calls.ts';
import type { TrafficRow } from './feed.ts';
import { followerOf } from './follower-of-push.ts';

const MAX_ABOUT_CHARS = 80;
/** As many as can be tagged at a time; a mass send names more. */
const MAX_NAMED = 50;

export function describePush(said: PushMessage): Pick<TrafficRow, 'name' | 'about' | 'openid'> {
  const openid = followerOf(said);
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

export function describeCall(call: RecordedCall): Omit<TrafficRow, 'id' | 'kind' | 'deliveries'> {
  const { at, endpoint, method, path, status, errcode, rid, ms } = call;
  return {
    at,
    name: endpoint ?? `${method} ${path}`,
    about: errcode === 0 ? path : clip(errmsgIn(call.answer) || path),
    state: errcode === 0 && status >= 200 && status < 400 ? 'ok' : 'refused',
    status,
    errcode,
    ms,
    ...followersIn(call),
    ...(rid === null ? {} : { rid }),
  };
}

/** The followers whom a call names, in its query or its body, wherever the endpoint has them. */
function followersIn({ query, body }: RecordedCall): Pick<TrafficRow, 'openid' | 'others'> {
  const named = { ...query, ...fieldsIn(body) };
  const all = [named.touser, named.openid, named.openid_list, named.user_list]
    .flat()
    .flatMap((each) => (typeof each === 'string' ? each : (each as { openid?: string })?.openid))
    .filter((each) => each !== undefined && each !== '');
  const [openid, ...others] = all.slice(0, MAX_NAMED);
  if (openid === undefined) return {};
  return { openid, ...(others.length > 0 ? { others: others as string[] } : {}) };
}

function fieldsIn(body: string): Readonly<Record<string, unknown>> {
  // A file is no JSON, and neither is what a tester sends to see it refused.
  if (!body.startsWith('{')) return {};
  try {
    return JSON.parse(body) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
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
