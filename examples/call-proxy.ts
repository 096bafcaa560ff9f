/** Another system of the company: PROXY (one URL, or more with commas between), CLIENT, SECRET. */
import { connect, ProxyError } from '../shared/proxy-sdk/index.ts';

const { PROXY = '', CLIENT = '', SECRET = '' } = process.env;
const wechat = connect({ urls: PROXY.split(','), client: CLIENT, secret: SECRET });

try {
  await wechat.call('menu.create', {
    button: [{ type: 'view', name: '官网', url: 'https://example.com/' }],
  });
  console.log(await wechat.call('menu.get'));
} catch (error) {
  if (!(error instanceof ProxyError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
