import type { WireSamplesOf } from './wire-sample.test-data.ts';

const settings = {
  function_config: {
    enable: false,
    callbacks: [
      {
        msgType: 'event',
        event: 'subscribe',
        env: 'test-env-6gni9ity244a6ea3',
        functionName: 'callback',
        enable: true,
      },
    ],
  },
  container_config: {
    enable: true,
    qbase_env: 'test-env-6gni9ity244a6ea3',
    qbase_container_path: '/callback',
    text_mode: 1,
  },
} as const;

export const callbackConfig: WireSamplesOf<'callbackConfig'> = {
  set: { request: settings, answer: { errcode: 0, errmsg: 'ok' } },
  get: { answer: { errcode: 0, errmsg: 'ok', data: settings } },
};
