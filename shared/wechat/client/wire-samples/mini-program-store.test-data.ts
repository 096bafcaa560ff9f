import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const miniProgramStore: WireSamplesOf<'miniProgramStore'> = {
  listCategories: {
    answer: {
      errcode: 0,
      errmsg: 'ok',
      data: {
        all_category_info: {
          categories: [
            { id: 0, name: 'root', level: 0, children: [1], sensitive_type: 0 },
            { id: 1, name: '商家自营', level: 1, father: 0, children: [2, 3], sensitive_type: 0 },
            { id: 2, name: '百货', level: 2, father: 1, sensitive_type: 0 },
          ],
        },
      },
    },
  },
  apply: {
    request: {
      first_catid: 1,
      second_catid: 2,
      qualification_list: 'qualification_list-1',
      headimg_mediaid: 'headimg_mediaid-1',
      nickname: '样例茶馆',
      intro: 'Tea and cakes',
    },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  getAudit: {
    answer: { errcode: 0, errmsg: 'ok', data: { audit_id: 400000001, status: 1, reason: '' } },
  },
  update: {
    request: { headimg_mediaid: '', intro: 'Tea only' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  listDistricts: {
    answer: {
      status: 0,
      message: 'query ok',
      data_version: '20260101',
      result: [
        [{ id: '440000', name: '广东', fullname: '广东省', cidx: [0, 0] }],
        [{ id: '440100', name: '广州', fullname: '广州市', cidx: [0, 0] }],
        [{ id: '440105', fullname: '海珠区', location: { lat: 23.08331, lng: 113.26196 } }],
      ],
    },
  },
  searchMap: {
    request: { districtid: 440105, keyword: '茶馆' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      data: {
        item: [
          {
            branch_name: '样例茶馆',
            address: '广东省广州市海珠区新港中路397号',
            longitude: 113.32375,
            latitude: 23.09701,
            telephone: '020-00000000',
            category: '美食:中餐厅',
            sosomap_poi_uid: '5938314494307741153',
          },
        ],
      },
    },
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
      photo: 'https://example.com/photo',
      license: 'https://example.com/license',
      introduct: 'Noodles',
      districtid: '440105',
    },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      error: null,
      data: { base_id: 400000001, rich_id: 400000001 },
    },
  },
  add: {
    request: {
      pic_list: '{"list":["https://example.com/shop.jpg"]}',
      contract_phone: '020-00000000',
      hour: '09:00-21:00',
      map_poi_id: '5938314494307741153',
      credential: 'credential-1',
    },
    answer: { errcode: 0, errmsg: 'ok', data: { audit_id: 400000003 } },
  },
  change: {
    request: {
      pic_list: '{"list":["https://example.com/shop.jpg"]}',
      contract_phone: '020-00000000',
      hour: '10:00-22:00',
      poi_id: '400000002',
    },
    answer: { errcode: 0, errmsg: 'ok', data: { has_audit_id: 0 } },
  },
  get: {
    request: { poi_id: '400000002' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      business: {
        base_info: {
          business_name: '样例茶馆',
          address: '广东省广州市海珠区新港中路397号',
          telephone: '020-00000000',
          longitude: 113.32375,
          latitude: 23.09701,
          photo_list: [{ photo_url: 'https://example.com/photo_url' }],
          open_time: '09:00-21:00',
          poi_id: '400000002',
          status: 1,
          qualification_num: 'qualification_num-1',
          qualification_name: '样例茶馆',
        },
      },
    },
  },
  list: {
    request: { offset: 0, limit: 10 },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      business_list: [
        {
          base_info: {
            business_name: '样例茶馆',
            address: '广东省广州市海珠区新港中路397号',
            telephone: '020-00000000',
            longitude: 113.32375,
            latitude: 23.09701,
            photo_list: [{ photo_url: 'https://example.com/photo_url' }],
            open_time: '09:00-21:00',
            poi_id: '400000002',
            status: 1,
            qualification_num: 'qualification_num-1',
            qualification_name: '样例茶馆',
          },
        },
      ],
      total_count: 1,
    },
  },
  delete: { request: { poi_id: '400000002' }, answer: { errcode: 0, errmsg: 'ok' } },
};
