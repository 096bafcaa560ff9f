import { Secret } from '../../shared/kernel/secret.ts';
import { createTrace } from '../../shared/kernel/trace.ts';

/** The account of the tests; nothing in it is real. */
export const testAccount = {
  appid: 'wx0123456789abcdef',
  secret: '0123456789abcdef0123456789abcdef',
  token: 'testtoken',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  originalId: 'gh_test',
};

/** The traces of followers of that account. */
export const testTrace = createTrace({
  appid: testAccount.appid,
  key: new Secret(testAccount.secret),
});

/** What a function of that account finds in its environment, but for the mode. */
export const testEnv = {
  WECHAT_APPID: testAccount.appid,
  WECHAT_APPSECRET: testAccount.secret,
  WECHAT_TOKEN: testAccount.token,
  WECHAT_ENCODING_AES_KEY: testAccount.encodingAesKey,
  CLOUDBASE_ENV_ID: 'env-test',
  // Tests write faster than any follower.
  FOLLOWER_MESSAGES_PER_MINUTE: '0',
};
