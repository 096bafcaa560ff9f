import { image } from './content.ts';
import type { SamplesOf, Stage } from './sample.ts';

const AUDITED_MS = 60_000;
const details = {
  pic_list: '{"list":["https://example.com/shop.jpg"]}',
  contract_phone: '020-00000000',
  hour: '09:00-21:00',
} as const;
const addition = {
  ...details,
  map_poi_id: '5938314494307741153',
  credential: '91440101000000000X',
} as const;

async function application({ call }: Stage) {
  const { media_id = '' } = await call('media.upload', { type: 'image', media: image });
  return {
    first_catid: 1,
    second_catid: 2,
    qualification_list: media_id,
    headimg_mediaid: media_id,
    nickname: '样例茶馆',
    intro: 'Tea and cakes',
  };
}

async function merchant(stage: Stage) {
  await stage.call('miniProgramStore.apply', await application(stage));
  await stage.advance(AUDITED_MS);
}

async function store(stage: Stage) {
  await merchant(stage);
  await stage.call('miniProgramStore.add', addition);
  await stage.advance(AUDITED_MS);
  const { business_list: stores } = await stage.call('miniProgramStore.list', {
    offset: 0,
    limit: 10,
  });
  return { poi_id: stores[0]?.base_info.poi_id ?? '' };
}

export const miniProgramStore: SamplesOf<'miniProgramStore'> = {
  listCategories: { answer: { errcode: 0 } },
  async apply(stage) {
    return { request: await application(stage), answer: { errcode: 0 } };
  },
  async getAudit(stage) {
    await merchant(stage);
    return { answer: { data: { status: 1, reason: '' } } };
  },
  async update(stage) {
    await merchant(stage);
    return { request: { headimg_mediaid: '', intro: 'Tea only' }, answer: { errcode: 0 } };
  },
  listDistricts: { answer: { status: 0 } },
  searchMap: {
    request: { districtid: 440_105, keyword: '茶馆' },
    answer: { data: { item: [{ sosomap_poi_uid: addition.map_poi_id }] } },
  },
  createMapPlace: {
    request: {
      name: '样例面馆',
      longitude: '113.32',
      latitude: '23.09',
      province: '广东省',
      city: '广州市',
      district: '海珠区',
      address: '新港中路398号',
      category: '美食:中餐厅',
      telephone: '020-00000001',
      photo: 'https://example.com/noodles.jpg',
      license: 'https://example.com/licence.jpg',
      introduct: 'Noodles',
      districtid: '440105',
    },
    answer: { error: null },
  },
  async add(stage) {
    await merchant(stage);
    return { request: addition, answer: { errcode: 0 } };
  },
  async change(stage) {
    const request = { ...details, ...(await store(stage)), hour: '10:00-22:00' };
    return { request, answer: { data: { has_audit_id: 0 } } };
  },
  async get(stage) {
    return {
      request: await store(stage),
      answer: { business: { base_info: { business_name: '样例茶馆', open_time: details.hour } } },
    };
  },
  async list(stage) {
    await store(stage);
    return { request: { offset: 0, limit: 10 }, answer: { total_count: 1 } };
  },
  async delete(stage) {
    return { request: await store(stage), answer: { errcode: 0 } };
  },
};
