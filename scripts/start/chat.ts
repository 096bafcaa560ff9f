import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';
import type { PushMessage } from '../emulator/wechat/push/messages.ts';
import type { Push, PushResult } from '../emulator/wechat/push/push.ts';
import type { Reply } from '../emulator/wechat/push/reply.ts';
import type { SentMessage } from '../emulator/wechat/state/sent.ts';
import { describeCommands, parseLine } from './chat-commands.ts';

export interface ChatOptions {
  readonly push: Push;
  readonly input: Readable;
  readonly output: Writable;
  readonly openid?: string;
  /** Tells of every message that the account writes to a follower by the API. */
  readonly onSend?: (listener: (message: SentMessage) => void) => void;
}

/** A follower in the terminal: each line goes to the account as a message. Ends at /quit or Ctrl-D. */
export async function chat(options: ChatOptions): Promise<void> {
  const { push, input, output, openid = 'oAlice' } = options;
  const print = (line: string) => output.write(`${line}\n`);
  const lines = createInterface({ input, output, prompt: '' });
  let follower = openid;
  let last: PushMessage | undefined;

  options.onSend?.((sent) => print(describeSent(sent)));
  print('Type a message and press Enter. /help lists what else a follower can do.');
  for await (const line of lines) {
    const intent = parseLine(line, follower);
    switch (intent.kind) {
      case 'quit':
        return lines.close();
      case 'nothing':
        break;
      case 'help':
        print(describeCommands());
        break;
      case 'mistake':
        print(styleText('yellow', intent.text));
        break;
      case 'follower':
        follower = intent.openid;
        print(styleText('gray', `You are ${follower} now.`));
        break;
      case 'push':
        last = repeatable(intent.message);
        print(describeResult(await push.send(last)));
        break;
      case 'again':
        print(last ? describeResult(await push.send(last)) : 'There is nothing to repeat yet.');
        break;
    }
  }
}

/** With its own id and time, so that sending it once more is the same message, as WeChat repeats it. */
function repeatable(message: PushMessage): PushMessage {
  const CreateTime = Math.floor(Date.now() / 1000);
  if (message.type === 'raw') return message;
  if (message.type === 'event') return { CreateTime, ...message };
  return { CreateTime, MsgId: String(BigInt(Date.now()) << 20n), ...message };
}

function describeResult({ deliveries, outcome }: PushResult): string {
  const took = deliveries.map(({ ms }) => `${ms} ms`).join(', ');
  const times = deliveries.length > 1 ? `${deliveries.length} deliveries: ` : '';
  const note = styleText('gray', `(${times}${took})`);
  switch (outcome.kind) {
    case 'reply':
      return `${styleText('green', '◀')} ${describeReply(outcome.reply)} ${note}`;
    case 'silent':
      return `${styleText('gray', '◀ no reply')} ${note}`;
    case 'fault':
      return `${styleText('red', `◀ ${outcome.text}`)} ${note}\n  ${styleText('gray', `why: ${outcome.reason}`)}`;
  }
}

/** A message that came by the API, at any time and to anybody. */
function describeSent({ openid, message, text }: SentMessage): string {
  const { msgtype } = message;
  const branch = message[String(msgtype)] as { readonly content?: string } | undefined;
  const content = text ?? branch?.content ?? `[${String(msgtype)} ${JSON.stringify(branch)}]`;
  return `${styleText('cyan', `◀ to ${openid}:`)} ${indented(content)}`;
}

/** Further lines stand out as such: what a follower types begins at the margin. */
function indented(text: string): string {
  return text.replace(/\n(?=.)/g, '\n  ');
}

function describeReply(reply: Reply): string {
  switch (reply.type) {
    case 'text':
      return indented(reply.content);
    case 'image':
    case 'voice':
      return `[${reply.type} ${reply.mediaId}]`;
    case 'video':
      return `[video ${reply.mediaId}] ${reply.title} ${reply.description}`.trimEnd();
    case 'music':
      return `[music ${reply.hqMusicUrl || reply.musicUrl}] ${reply.title} ${reply.description}`.trimEnd();
    case 'news':
      return ['[news]', ...reply.articles.map(({ title, url }) => `  ${title} — ${url}`)].join(
        '\n',
      );
    case 'transfer_customer_service':
      return `[to customer service${reply.kfAccount ? `: ${reply.kfAccount}` : ''}]`;
    case 'transfer_biz_ai_ivr':
      return '[to the AI reply]';
  }
}
