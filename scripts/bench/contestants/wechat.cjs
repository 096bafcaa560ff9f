const wechat = require('wechat');
const { echoOf } = require('./echo.cjs');

exports.create = ({ account, mode }) => {
  const { token, appid, encodingAesKey } = account;
  const config = mode === 'plain' ? token : { token, appid, encodingAESKey: encodingAesKey };
  const handle = wechat(config, (req, res) => res.reply(echoOf(req.weixin)));
  return (query, body) =>
    new Promise((resolve, reject) => {
      const response = { writeHead() {}, end: resolve };
      handle({ method: 'POST', query, rawBody: body }, response, reject);
    });
};
