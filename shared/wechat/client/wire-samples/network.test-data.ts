import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const network: WireSamplesOf<'network'> = {
  listCallbackIps: { answer: { ip_list: ['127.0.0.1', '106.55.206.146', '101.226.103.0/25'] } },
  listApiIps: { answer: { ip_list: ['127.0.0.1', '101.226.212.27', '58.246.220.31'] } },
  checkCallback: {
    request: { action: 'all', check_operator: 'DEFAULT' },
    answer: {
      dns: [{ ip: '203.0.113.7', real_operator: 'UNICOM' }],
      ping: [{ ip: '203.0.113.7', from_operator: 'UNICOM', package_loss: '0%', time: '23.079ms' }],
    },
  },
};
