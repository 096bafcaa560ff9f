import { readFileSync } from 'node:fs';
import type { PushMessage } from '../emulator/wechat/push/messages.ts';
import { ordinary } from '../emulator/wechat/push/ordinary.ts';

/** What a line of the chat asks for. */
export type Intent =
  | { readonly kind: 'push'; readonly message: PushMessage }
  | { readonly kind: 'again' }
  | { readonly kind: 'follower'; readonly openid: string }
  | { readonly kind: 'help' | 'quit' | 'nothing' }
  | { readonly kind: 'mistake'; readonly text: string };

interface Command {
  readonly usage: string;
  readonly about: string;
  readonly run: (openid: string, words: readonly string[]) => Intent;
}

const push = (message: PushMessage): Intent => ({ kind: 'push', message });
const mistake = (text: string): Intent => ({ kind: 'mistake', text });

/** An event with fields as WeChat spells them. Any name goes: new events must route too. */
const event = (openid: string, name: string, fields: Readonly<Record<string, string>>): Intent =>
  push({ openid, type: 'event', Event: name, ...fields } as unknown as PushMessage);

/** A command that sends an ordinary message with a media id, the usual one unless named. */
const media = (type: 'image' | 'voice' | 'video' | 'shortvideo'): Command => ({
  usage: `/${type} [media id]`,
  about: `a message of type ${type}`,
  run: (openid, [mediaId]) => push(ordinary[type](openid, mediaId)),
});

const commands: Readonly<Record<string, Command>> = {
  image: media('image'),
  voice: media('voice'),
  video: media('video'),
  shortvideo: media('shortvideo'),
  location: {
    usage: '/location [latitude longitude [label]]',
    about: 'a place',
    run: sendLocation,
  },
  link: {
    usage: '/link URL [title]',
    about: 'a link',
    run: (openid, [url, ...title]) =>
      url ? push(ordinary.link(openid, url, title.join(' ') || url)) : mistake('Which URL?'),
  },
  subscribe: {
    usage: '/subscribe [scene]',
    about: 'follow, or follow by a QR code with a scene',
    run: (openid, [scene]) =>
      event(openid, 'subscribe', scene ? { EventKey: `qrscene_${scene}`, Ticket: 'ticket' } : {}),
  },
  unsubscribe: {
    usage: '/unsubscribe',
    about: 'unfollow',
    run: (openid) => event(openid, 'unsubscribe', {}),
  },
  scan: {
    usage: '/scan SCENE',
    about: 'scan a QR code as a follower',
    run: (openid, [scene]) =>
      scene
        ? event(openid, 'SCAN', { EventKey: scene, Ticket: 'ticket' })
        : mistake('Which scene?'),
  },
  click: {
    usage: '/click KEY',
    about: 'tap a menu button of type click',
    run: (openid, [key]) =>
      key ? event(openid, 'CLICK', { EventKey: key }) : mistake('Which key?'),
  },
  view: {
    usage: '/view URL',
    about: 'tap a menu button of type view',
    run: (openid, [url]) =>
      url ? event(openid, 'VIEW', { EventKey: url, MenuId: '1' }) : mistake('Which URL?'),
  },
  event: {
    usage: '/event NAME [Field=value …]',
    about: 'any event, fields as WeChat spells them',
    run: (openid, [name, ...fields]) =>
      name
        ? event(openid, name, Object.fromEntries(fields.map(splitField)))
        : mistake('Which event?'),
  },
  raw: { usage: '/raw FILE', about: 'the XML or JSON of a file, as it stands', run: sendRaw },
  again: {
    usage: '/again',
    about: 'repeat the last message, same MsgId and CreateTime',
    run: () => ({ kind: 'again' }),
  },
  as: {
    usage: '/as OPENID',
    about: 'go on as another follower',
    run: (_, [openid]) => (openid ? { kind: 'follower', openid } : mistake('Who?')),
  },
  help: { usage: '/help', about: 'this list', run: () => ({ kind: 'help' }) },
  quit: { usage: '/quit', about: 'stop everything', run: () => ({ kind: 'quit' }) },
};

/** Reads one line: text is a message, `/command` anything else, `//text` is text with a slash. */
export function parseLine(line: string, openid: string): Intent {
  const content = line.trim();
  if (content === '') return { kind: 'nothing' };
  if (content.startsWith('//')) return push(ordinary.text(openid, content.slice(1)));
  if (!content.startsWith('/')) return push(ordinary.text(openid, content));
  const [name = '', ...words] = content.slice(1).split(/\s+/);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return command?.run(openid, words) ?? mistake(`There is no /${name}. /help lists what there is.`);
}

export function describeCommands(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  return Object.values(commands)
    .map(({ usage, about }) => `  ${usage.padEnd(width)}  ${about}`)
    .join('\n');
}

function sendLocation(openid: string, words: readonly string[]): Intent {
  const [latitude, longitude, ...label] = words;
  if (latitude === undefined) return push(ordinary.location(openid));
  const place = [Number(latitude), Number(longitude)] as const;
  if (!place.every(Number.isFinite)) return mistake('Latitude and longitude are numbers.');
  return push(ordinary.location(openid, ...place, label.join(' ')));
}

function sendRaw(openid: string, words: readonly string[]): Intent {
  const file = words.join(' ');
  if (!file) return mistake('Which file?');
  try {
    return push({ openid, type: 'raw', body: readFileSync(file, 'utf8') });
  } catch (error) {
    return mistake(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function splitField(field: string): [name: string, value: string] {
  const at = field.indexOf('=');
  return at === -1 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
}
