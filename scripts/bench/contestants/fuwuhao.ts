import { apiSettings } from '../../../shared/app/parts/api-settings.ts';
import { weChatApi } from '../../../shared/app/parts/wechat.ts';
import { systemWorld } from '../../../shared/app/parts/world.ts';
import type { Inbox, InboxEntry } from '../../../shared/callback/inbox.ts';
import { createReceiver } from '../../../shared/callback/receive.ts';
import { Router } from '../../../shared/index.ts';
import { systemClock as clock } from '../../../shared/kernel/clock.ts';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { createMeter } from '../../../shared/kernel/meter.ts';
import { metricTable } from '../../../shared/monitoring/metric-table.ts';
import { httpFunction } from '../../../shared/scf/http.ts';
import type { PushFields } from '../../../shared/wechat/fields.ts';
import type { Create } from '../workload/contest.ts';

const account = new Router().use((ctx) => ctx.reply(echoOf(ctx.message.raw)));

/**
 * Ours from the platform's event to its answer, as `callbackApp` puts it together, with everything
 * on but the store: the others have none. Log lines are made, and go nowhere.
 */
export const main: Create = ({ account: { appid, secret, token, encodingAesKey }, mode }) => {
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
    write: () => {},
    now: clock.now,
    onEvent: (event, fields) => meter.note(event, fields),
  });
  const api = weChatApi({ ...systemWorld, env }, config, log);
  const handle = createReceiver({
    config,
    handle: account.middleware({}),
    api,
    clock,
    log,
    inbox,
    queue: { wakeWorker: async () => {} },
  });
  const answer = httpFunction({ handle, log, clock });
  return async (query, body) => {
    const event = { httpMethod: 'POST', path: '/', queryString: query, headers: {}, body };
    const { statusCode, body: reply } = await answer(event, { request_id: 'bench' });
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    return reply;
  };
};

const callbackSettings = [
  ...(['token', 'mode', 'encodingAesKey', 'timestampWindowSeconds'] as const),
  ...(['inboxWithoutStore', 'followerMessagesPerMinute', 'floodReply'] as const),
] as const;

/** Takes every message for the first of its kind. */
const entry: InboxEntry = {
  standing: 'new',
  reply: undefined,
  isHopeless: false,
  isClaimed: true,
  hasBegun: true,
  claim() {},
  settle: (reply) => reply,
  handOver: async () => true,
};
const inbox: Inbox = { open: () => entry };

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
