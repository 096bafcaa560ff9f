import { database } from '#database';
import type { Config } from '../../kernel/settings.ts';

/** The settings of every function that calls WeChat. */
export const apiSettings = [
  'appid',
  'appsecret',
  'documentKey',
  'tokenSource',
  'tokenFile',
  'tokenKind',
  'apiBaseUrl',
  ...database.settings,
] as const;
export type ApiConfig = Pick<Config, (typeof apiSettings)[number]>;
