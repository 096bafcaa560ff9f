import type { PushMode } from '../emulator/wechat/push/account.ts';

export interface Started {
  readonly urls: {
    readonly simulator: string;
    readonly callback: string;
    readonly wechatApi: string;
    readonly cloudbase: string;
    readonly console: string;
  };
  readonly mode: PushMode;
  /** The connection string of PostgreSQL, if the functions keep their documents there. */
  readonly postgres: string | undefined;
  /** The file with the keys of the run. */
  readonly keysFile: string;
}

/**
 * What `npm start` prints when all is up. The only addresses are those of pages: terminals make links of
 * addresses, and the other ports answer programs.
 */
export function describeStart({ urls, mode, postgres, keysFile }: Started): string {
  const port = (url: string) => `port ${new URL(url).port}`;
  return [
    `simulator   ${urls.simulator}`,
    `console     ${urls.console}`,
    `functions   ${port(urls.callback)}: /callback (${mode} mode), /api-proxy, /metrics (its key: ${keysFile})`,
    `WeChat API  ${port(urls.wechatApi)}`,
    `CloudBase   ${port(urls.cloudbase)}`,
    ...(postgres === undefined ? [] : [`PostgreSQL  psql '${postgres}'`]),
  ].join('\n');
}
