import type { Account } from '../../../shared/account/router.ts';
import { apiSettings } from '../../../shared/app/parts/api-settings.ts';
import { weChatApi } from '../../../shared/app/parts/wechat.ts';
import { systemWorld } from '../../../shared/app/parts/world.ts';
import type { Inbox } from '../../../shared/callback/inbox.ts';
import { createReceiver } from '../../../shared/callback/receive.ts';
import { SignedDoor } from '../../../shared/callback/signed-door.ts';
import { type Context, Router } from '../../../shared/index.ts';
import type { HttpApp } from '../../../shared/kernel/app.ts';
import { systemClock as clock } from '../../../shared/kernel/clock.ts';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { createMeter } from '../../../shared/kernel/meter.ts';
import { metricTable } from '../../../shared/monitoring/metric-table.ts';
import type { PushFields } from '../../../shared/wechat/fields.ts';
import type { Create } from '../workload/contest.ts';

/** With the log lines since they were last taken. */
export interface BenchApp extends HttpApp {
  readonly takeLines: () => readonly string[];
}

export const echo = (ctx: Pick<Context, 'message' | 'reply'>): void =>
  ctx.reply(echoOf(ctx.message.raw));
const echoing = new Router().use(echo);

/**
 * Ours as `callbackApp` puts it together, with everything on; what stands behind the inbox is the
 * caller's. Log lines are made, and read as for a platform that takes them.
 */
export function benchApp(
  { account: { appid, secret, token, encodingAesKey }, mode }: Parameters<Create>[0],
  inbox: Inbox,
  requestId?: () => string | undefined,
  account: Account = echoing,
): BenchApp {
  const lines: string[] = [];
  const env = {
    WECHAT_APPID: appid,
    WECHAT_APPSECRET: secret,
    WECHAT_TOKEN: token,
    WECHAT_MODE: mode,
    WECHAT_ENCODING_AES_KEY: encodingAesKey,
    CLOUDBASE_ENV_ID: 'env-bench',
  };
  const config = loadConfig(env, [...callbackSettings, ...apiSettings]);
  const meter = createMeter(metricTable, clock.now);
  const log = createLog({
    write(line) {
      // Joins the pieces of which the engine has made it, as whoever sends it on would.
      Buffer.byteLength(line);
      lines.push(line);
    },
    now: clock.now,
    requestId,
    onEvent: (event, fields) => meter.note(event, fields),
  });
  const handle = createReceiver({
    config,
    door: new SignedDoor(config),
    handle: account.middleware({}),
    api: weChatApi({ ...systemWorld, env }, config, log),
    clock,
    log,
    inbox,
    queue: { wakeWorker: async () => {} },
    openTurn() {
      throw new Error('no handler of a benchmark has a session');
    },
  });
  return { clock, log, handle, takeLines: () => lines.splice(0) };
}

const callbackSettings = [
  ...(['token', 'mode', 'encodingAesKey', 'timestampWindowSeconds'] as const),
  ...(['inboxWithoutStore', 'whileAskedAgain', 'followerMessagesPerMinute', 'floodReply'] as const),
] as const;

/** The same as `echo.cjs` of the others. */
function echoOf(fields: PushFields): string {
  const { MsgType: type, Content, Label, Title, MediaId, Event, EventKey } = fields;
  switch (type) {
    case 'text':
      return `text ${String(Content)}`;
    case 'location':
      return `location ${String(Label)}`;
    case 'link':
      return `link ${String(Title)}`;
    case 'event':
      return `event ${String(Event)} ${String(EventKey ?? '')}`.trimEnd();
    default:
      return `${String(type)} ${String(MediaId)}`;
  }
}
