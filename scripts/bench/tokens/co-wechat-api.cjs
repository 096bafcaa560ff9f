const WechatApi = require('../../../node_modules/co-wechat-api');

exports.create = ({ appid, secret }) => {
  const api = new WechatApi(appid, secret);
  return async () => Array.isArray((await api.getIp()).ip_list);
};
