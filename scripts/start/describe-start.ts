import type { PushMode } from '../emulator/wechat/push/account.ts';
import type { PushHome } from '../emulator/wechat/push/home.ts';

export interface Started {
  readonly urls: {
    readonly simulator: string;
    /** Below the address of the functions, or inside WeChat Cloud. */
    readonly callback: string;
    readonly proxy: string;
    readonly wechatApi: string;
    readonly cloudbase: string;
    readonly console: string;
  };
  readonly mode: PushMode;
  readonly home: PushHome;
  /** The connection string of PostgreSQL, if the functions keep their documents there. */
  readonly postgres: string | undefined;
  /** The file with the keys of the run. */
  readonly keysFile: string;
}

/**
 * What `npm start` prints when all is up. The only addresses are those of pages: terminals make links of
 * addresses, and the other ports answer programs.
 */
export function describeStart({ urls, mode, home, postgres, keysFile }: Started): string {
  const port = (url: string) => `port ${new URL(url).port}`;
  return [
    `simulator   ${urls.simulator}`,
    `console     ${urls.console}`,
    ...(home === 'server' ? [] : [`callback    ${urls.callback} (${home}: no port leads there)`]),
    `functions   ${port(urls.proxy)}: ${home === 'server' ? `/callback (${mode} mode), ` : ''}/api-proxy, /metrics (its key: ${keysFile})`,
    `WeChat API  ${port(urls.wechatApi)}`,
    `CloudBase   ${port(urls.cloudbase)}`,
    ...(postgres === undefined ? [] : [`PostgreSQL  psql '${postgres}'`]),
  ].join('\n');
}
