const WechatApi = require('wechat-api');

exports.create = ({ appid, secret }) => {
  const api = new WechatApi(appid, secret);
  return () =>
    new Promise((resolve, reject) => {
      api.getIp((error, answer) => {
        if (error) reject(error);
        else resolve(Array.isArray(answer.ip_list));
      });
    });
};
