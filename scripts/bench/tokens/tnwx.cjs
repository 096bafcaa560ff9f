const tnwx = require('tnwx');

exports.create = ({ appid, secret }) => {
  tnwx.ApiConfigKit.putApiConfig(new tnwx.ApiConfig(appid, secret, 'token', false, ''));
  tnwx.ApiConfigKit.setCurrentAppId(appid);
  return async () => Array.isArray((await tnwx.CallbackApi.getCallbackIp()).ip_list);
};
