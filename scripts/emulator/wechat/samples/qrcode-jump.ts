import type { SamplesOf } from './sample.ts';

const rule = {
  prefix: 'http://weixin.qq.com/q/02Sample',
  appid: 'wx0123456789abcdef',
  path: 'pages/index/index',
  is_edit: 0,
} as const;
const { prefix, appid } = rule;

export const qrcodeJump: SamplesOf<'qrcodeJump'> = {
  add: { request: rule, answer: { errcode: 0 } },
  async list({ call }) {
    await call('qrcodeJump.add', rule);
    return {
      request: { appid, get_type: 1, prefix_list: [prefix] },
      answer: {
        rule_list: [{ prefix, path: rule.path, state: 1 }],
        list_size: 1,
        qrcodejump_pub_quota: 100,
      },
    };
  },
  async publish({ call }) {
    await call('qrcodeJump.add', rule);
    return { request: { prefix }, answer: { errcode: 0 } };
  },
  async delete({ call }) {
    await call('qrcodeJump.add', rule);
    return { request: { prefix, appid }, answer: { errcode: 0 } };
  },
};
