const WECHAT_HOSTS = /(?:^|\.)(?:qpic|qlogo)\.cn$/i;
/** Where the emulator of this machine keeps pictures. */
const EMULATED = /^http:\/\/(?:127\.0\.0\.1|localhost):\d+\/mmbiz_/;

/** Whether WeChat itself has given a picture this address. */
export function isWeChatPicture({ hostname, href }: URL): boolean {
  return WECHAT_HOSTS.test(hostname) || EMULATED.test(href);
}
