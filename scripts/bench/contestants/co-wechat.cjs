const wechat = require('co-wechat');
const { echoOf } = require('./echo.cjs');

exports.create = ({ account, mode }) => {
  const { token, appid, encodingAesKey } = account;
  const config = mode === 'plain' ? token : { token, appid, encodingAESKey: encodingAesKey };
  const handle = wechat(config).middleware(async (message) => echoOf(message));
  return async (query, body) => {
    const ctx = { query, method: 'POST', request: { body } };
    await handle(ctx);
    return ctx.body;
  };
};
