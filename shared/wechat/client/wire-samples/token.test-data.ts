import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const token: WireSamplesOf<'token'> = {
  get: {
    request: { grant_type: 'client_credential', appid: 'appid-1', secret: 'secret-1' },
    answer: { access_token: 'access_token-1', expires_in: 7200 },
  },
  getStable: {
    request: { grant_type: 'client_credential', appid: 'appid-1', secret: 'secret-1' },
    answer: { access_token: 'access_token-1', expires_in: 7200 },
  },
};
