import type { InvokeOptions, InvokeOutcome } from '../../emulator/scf/invocation.ts';
import { WECHAT_SOURCE } from '../../emulator/scf/invoker.ts';
import { wechatContext } from '../../emulator/scf/wechat-cloud.ts';
import { type Judgement, judge, judgePlain } from '../../emulator/wechat/push/answer.ts';
import { type Body, bodyOf, type Wording } from '../../emulator/wechat/push/body.ts';
import { sealPush } from '../../emulator/wechat/push/envelope.ts';
import type { PushHome } from '../../emulator/wechat/push/home.ts';
import type { PushMessage } from '../../emulator/wechat/push/messages.ts';
import { LOCAL_ENV_ID, type LocalAccount } from '../../start/local-account.ts';

/** How a message of the soak gets to an instance, and what its answer means. */
export interface Way {
  write(said: PushMessage, createTime: number, msgId: string): Body;
  /** What the function is invoked with. */
  event(openid: string, body: Body, timestamp: number): object;
  readonly invocation: InvokeOptions;
  read(body: Body, result: unknown): Judgement;
}

/** The way into a home of the account; by HTTP also to a server that takes many at a time. */
export function wayTo(home: PushHome, account: LocalAccount, isHttpFunction: boolean): Way {
  switch (home) {
    case 'server':
      return signedWay(account, isHttpFunction);
    case 'wechat-container':
      return plainWay(account, {
        event: ({ text }) => forwarded('/', text, ['x-wx-source', 'other']),
        invocation: {},
      });
    case 'wechat-function': {
      const environ = wechatContext({ sources: ['wx_unknown'], envId: LOCAL_ENV_ID });
      return plainWay(account, {
        event: ({ text }) => JSON.parse(text),
        invocation: { environ, source: WECHAT_SOURCE },
        wording: { msgId: (id) => id },
      });
    }
  }
}

function signedWay(account: LocalAccount, isHttpFunction: boolean): Way {
  return {
    write: (said, createTime, msgId) => bodyOf(account, said, { createTime, msgId: () => msgId }),
    event(openid, { text }, timestamp) {
      const stamp = { timestamp: String(timestamp), nonce: '486452656' };
      const { query, body } = sealPush(account, openid, text, stamp);
      return isHttpFunction
        ? forwarded(`/?${new URLSearchParams(query)}`, body)
        : { httpMethod: 'POST', path: '/', headers: {}, queryString: query, body };
    },
    invocation: {},
    read: ({ trigger }, result) => judge(account, trigger, answerIn(result)),
  };
}

/** Inside WeChat Cloud nothing is signed or sealed. */
function plainWay(
  account: LocalAccount,
  {
    event,
    invocation,
    wording,
  }: {
    readonly event: (body: Body) => object;
    readonly invocation: InvokeOptions;
    readonly wording?: Wording;
  },
): Way {
  return {
    write: (said, createTime, msgId) =>
      bodyOf(account, said, { createTime, msgId: () => msgId }, { notation: 'json', ...wording }),
    event: (_, body) => event(body),
    invocation,
    read: ({ trigger }, result) => judgePlain(trigger, answerIn(result), 'json'),
  };
}

function forwarded(url: string, body: string, rawHeaders: readonly string[] = []): object {
  return { method: 'POST', url, rawHeaders, body: Buffer.from(body).toString('base64') };
}

/** The answer of an event function, of an HTTP function or a container, or the result of a cloud function. */
function answerIn(result: unknown): { readonly status: number; readonly body: Buffer } {
  const { status, statusCode, body } = Object(result) as {
    readonly status?: number;
    readonly statusCode?: number;
    readonly body?: string;
  };
  if (status !== undefined) return { status, body: Buffer.from(body ?? '', 'base64') };
  if (statusCode !== undefined) return { status: statusCode, body: Buffer.from(body ?? '') };
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  return { status: 200, body: Buffer.from(text) };
}

/** Whether it failed because its process was killed, and not by itself. */
export function wasKilled(outcome: InvokeOutcome): boolean {
  return !outcome.ok && outcome.error.errorMessage.includes('SIGKILL');
}
