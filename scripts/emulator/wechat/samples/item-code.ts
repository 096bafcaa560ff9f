import { ann } from './people.ts';
import type { SamplesOf, Stage } from './sample.ts';

const MADE_MS = 60_000;
const range = { code_start: 0, code_end: 9_999 } as const;
const product = {
  activity_name: 'Autumn',
  product_brand: 'Sample',
  product_title: 'Tea',
  product_code: '6901234567892',
  wxa_appid: 'wx0123456789abcdef',
  wxa_path: 'pages/tea/tea',
} as const;

async function made({ call, advance }: Stage) {
  const order = { code_count: 10_000, isv_application_id: 'batch-1' };
  const { application_id } = await call('itemCode.apply', order);
  await advance(MADE_MS);
  return { application_id };
}

async function active(stage: Stage) {
  const batch = await made(stage);
  await stage.call('itemCode.activate', { ...batch, ...range, ...product });
  return batch;
}

export const itemCode: SamplesOf<'itemCode'> = {
  apply: {
    request: { code_count: 10_000, isv_application_id: 'batch-1' },
    answer: { application_id: 1 },
  },
  async getApplication(stage) {
    return {
      request: await made(stage),
      answer: { status: 'FINISH', isv_application_id: 'batch-1', code_generate_list: [range] },
    };
  },
  async download(stage) {
    const request = { ...(await made(stage)), code_start: 0, code_end: 1 };
    return { request, answer: { buffer: /^[\w+/]+=*$/ } };
  },
  async activate(stage) {
    return { request: { ...(await made(stage)), ...range, ...product }, answer: { errcode: 0 } };
  },
  async get(stage) {
    const request = { ...(await active(stage)), code_index: 7 };
    return { request, answer: { code: /^\w{9}$/, product_title: 'Tea', ...range } };
  },
  async getByTicket(stage) {
    const place = { ...(await active(stage)), code_index: 7 };
    const { code } = await stage.call('itemCode.get', place);
    const scan = { code, openid: ann };
    const { code_ticket } = (await stage.control('POST', '/emulator/item-codes/scan', scan)) as {
      code_ticket: string;
    };
    return { request: { openid: ann, code_ticket }, answer: { code, product_title: 'Tea' } };
  },
};
