import type { SamplesOf } from './sample.ts';

export const ticket: SamplesOf<'ticket'> = {
  get: { request: { type: 'jsapi' }, answer: { ticket: /^\S+$/, expires_in: 7200 } },
};
