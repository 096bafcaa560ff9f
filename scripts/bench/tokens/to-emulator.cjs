/** Loaded before a peer: what it sends to WeChat goes to the emulator, whose URL is in WECHAT_URL. */
const http = require('node:http');
const https = require('node:https');

const target = new URL(process.env.WECHAT_URL);

https.request = (options, onResponse) => {
  const { hostname, host, path, method, headers } = options;
  if (!/^api\.weixin\.qq\.com(:443)?$/.test(hostname || host)) {
    throw new Error(`${hostname || host} is not WeChat's API`);
  }
  const { hostname: address, port } = target;
  return http.request({ hostname: address, port, path, method, headers }, onResponse);
};
