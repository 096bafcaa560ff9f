import type { SamplesOf } from './sample.ts';

const container_config = {
  enable: true,
  qbase_env: 'prod-1a2b3c',
  qbase_container_path: '/callback',
  text_mode: 1,
} as const;

export const callbackConfig: SamplesOf<'callbackConfig'> = {
  set: { request: { container_config }, answer: {} },
  async get({ call }) {
    await call('callbackConfig.set', { container_config });
    return {
      answer: { data: { container_config, function_config: { enable: false, callbacks: [] } } },
    };
  },
};
