import type { SamplesOf } from './sample.ts';

export const network: SamplesOf<'network'> = {
  listCallbackIps: { answer: { ip_list: ['127.0.0.1', '106.55.206.146', '101.226.103.0/25'] } },
  listApiIps: { answer: { ip_list: ['127.0.0.1', '101.226.212.27', '58.246.220.31'] } },
  // The account of the samples has no callback.
  checkCallback: { request: { action: 'all', check_operator: 'DEFAULT' }, errcode: 40201 },
};
