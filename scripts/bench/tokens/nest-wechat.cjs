const { WeChatService } = require('nest-wechat');
const axios = require('axios');

exports.create = ({ appid, secret }) => {
  const service = new WeChatService({ appId: appid, secret });
  return async () => {
    const token = await service.getToken();
    const url = `https://api.weixin.qq.com/cgi-bin/getcallbackip?access_token=${token}`;
    return Array.isArray((await axios.get(url)).data.ip_list);
  };
};
