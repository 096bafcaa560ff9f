import { account } from '../api-fixture.ts';
import type { SamplesOf } from './sample.ts';

const request = { grant_type: 'client_credential', ...account } as const;

export const token: SamplesOf<'token'> = {
  get: { request, answer: { access_token: /^\S{100,}$/, expires_in: 7200 } },
  getStable: { request, answer: { access_token: /^\S{100,}$/, expires_in: 7200 } },
};
