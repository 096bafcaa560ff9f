import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const ocr: WireSamplesOf<'ocr'> = {
  readIdCard: {
    request: { img_url: 'https://example.com/img_url' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      type: 'Front',
      name: '张三',
      id: '440100199001010000',
      addr: '广东省广州市',
      gender: '男',
      nationality: '汉',
    },
  },
  readBankCard: {
    request: { img_url: 'https://example.com/img_url' },
    answer: { errcode: 0, errmsg: 'ok', number: '6222000000000000000' },
  },
  readVehicleLicence: {
    request: { img_url: 'https://example.com/img_url' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      plate_num: '粤A00000',
      vehicle_type: '小型普通客车',
      owner: '张三',
      addr: '广东省广州市',
      use_character: '非营运',
      model: '样例牌',
      vin: 'vin-1',
      engine_num: '000000',
      register_date: '2020-01-01',
      issue_date: '2020-01-02',
      passengers_num: '5人',
      img_size: { w: 600, h: 400 },
    },
  },
  readDriverLicence: {
    request: { img_url: 'https://example.com/img_url' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      id_num: '440100199001010000',
      name: '张三',
      sex: '男',
      nationality: '中国',
      address: '广东省广州市',
      birth_date: '1990-01-01',
      issue_date: '2015-01-01',
      car_class: 'C1',
      valid_from: '2015-01-01',
      valid_to: '2021-01-01',
      official_seal: '广东省广州市公安局交通警察支队',
    },
  },
  readBusinessLicence: {
    request: { img_url: 'https://example.com/img_url' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      reg_num: 'reg_num-1',
      enterprise_name: '样例有限公司',
      legal_representative: '张三',
      type_of_enterprise: '有限责任公司',
      registered_capital: '壹佰万元整',
      valid_period: '长期',
    },
  },
  readText: {
    request: { img_url: 'https://example.com/img_url' },
    answer: { errcode: 0, errmsg: 'ok', items: [{ text: '欢迎光临' }] },
  },
  readDishMenu: {
    request: { img_url: 'https://example.com/img_url' },
    answer: { errcode: 0, errmsg: 'ok', content: { menu_items: [{ name: '虾饺', price: 28 }] } },
  },
};
