import type { Config } from '../../kernel/settings.ts';
import { tokenSettings } from '../../token/settings.ts';

/** The settings of whoever calls WeChat. */
export const apiSettings = [...tokenSettings, 'apiBaseUrl', 'cloudbaseEnvId'] as const;
export type ApiConfig = Pick<Config, (typeof apiSettings)[number]>;
