import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const ticket: WireSamplesOf<'ticket'> = {
  get: {
    request: { type: 'jsapi' },
    answer: { errcode: 0, errmsg: 'ok', ticket: 'ticket-1', expires_in: 7200 },
  },
};
