const { OfficialAccount, ServerRequest } = require('node-easywechat');
const { echoOf } = require('./echo.cjs');

/** A new server for each message, as its manual has it: on one that is kept, handlers pile up. */
exports.create = ({ account, mode }) => {
  const { appid, token, encodingAesKey } = account;
  const config = {
    app_id: appid,
    secret: '0'.repeat(32),
    token,
    ...(mode === 'plain' ? {} : { aes_key: encodingAesKey }),
  };
  return async (query, body) => {
    const app = new OfficialAccount(config);
    const url = `/?${new URLSearchParams(query)}`;
    app.setRequest(new ServerRequest('POST', url, { 'content-type': 'text/xml' }, body));
    const server = app.getServer();
    server.with((message) => echoOf(message));
    return (await server.serve()).getBody().toString();
  };
};
