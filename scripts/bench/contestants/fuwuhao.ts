import { callbackApp } from '../../../shared/app/callback.ts';
import { systemWorld } from '../../../shared/app/world.ts';
import { Router } from '../../../shared/index.ts';
import { httpFunction } from '../../../shared/scf/http.ts';
import type { Fields } from '../../../shared/wechat/fields.ts';
import type { Create } from '../workload/contest.ts';

const account = new Router().use((ctx) => ctx.reply(echoOf(ctx.message.raw)));

/** Ours from the platform's event to its answer, with everything that is on when it is deployed. */
export const main: Create = ({ account: { appid, secret, token, encodingAesKey }, mode }) => {
  const answer = httpFunction(
    callbackApp(account, {
      ...systemWorld,
      env: {
        WECHAT_APPID: appid,
        WECHAT_APPSECRET: secret,
        WECHAT_TOKEN: token,
        WECHAT_MODE: mode,
        WECHAT_ENCODING_AES_KEY: encodingAesKey,
        CLOUDBASE_ENV_ID: 'env-bench',
      },
      // Lines are made, and go nowhere.
      writeLine: () => {},
    }),
  );
  return async (query, body) => {
    const event = { httpMethod: 'POST', path: '/', queryString: query, headers: {}, body };
    const { statusCode, body: reply } = await answer(event, { request_id: 'bench' });
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    return reply;
  };
};

/** The same as `echo.cjs` of the others. */
function echoOf(fields: Fields): string {
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
