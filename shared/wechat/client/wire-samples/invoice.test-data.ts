import { file, type WireSamplesOf } from './wire-sample.test-data.ts';

export const invoice: WireSamplesOf<'invoice'> = {
  createTemplate: {
    request: {
      invoice_info: {
        base_info: { logo_url: 'https://example.com/logo_url', title: '样例茶馆' },
        payee: '样例茶馆有限公司',
        type: '增值税电子普通发票',
      },
    },
    answer: { errcode: 0, errmsg: 'ok', card_id: 'card_id-1' },
  },
  uploadPdf: {
    request: { pdf: file },
    answer: { errcode: 0, errmsg: 'ok', s_media_id: 's_media_id-1' },
  },
  getPdf: {
    request: { action: 'get_url', s_media_id: 's_media_id-1' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      pdf_url: 'https://example.com/pdf_url',
      pdf_url_expire_time: 7200,
    },
  },
  setStatus: {
    request: {
      card_id: 'card_id-1',
      code: 'p9z4_By5Sfxo',
      reimburse_status: 'INVOICE_REIMBURSE_LOCK',
    },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  settings: {
    request: { action: 'get_contact' },
    answer: { errcode: 0, errmsg: 'ok', contact: { time_out: 600, phone: '020-00000000' } },
  },
  getPlatformUrl: {
    request: {},
    answer: { errcode: 0, errmsg: 'ok', invoice_url: 'https://example.com/invoice_url' },
  },
  getPageUrl: {
    request: {
      s_pappid: 's_pappid-1',
      order_id: 'order-1',
      money: 1100,
      timestamp: 1474875876,
      source: 'web',
      type: 0,
      ticket: 'ticket-1',
    },
    answer: { errcode: 0, errmsg: 'ok', auth_url: 'https://example.com/auth_url' },
  },
  getAuthorization: {
    request: { s_pappid: 's_pappid-1', order_id: 'order-1' },
    answer: { errcode: 0, errmsg: 'ok', invoice_status: 'auth success', auth_time: 1767240000 },
  },
  refuse: {
    request: { s_pappid: 's_pappid-1', order_id: 'order-1', reason: '重复开票' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  insert: {
    request: {
      order_id: 'order-1',
      card_id: 'card_id-1',
      appid: 'appid-1',
      card_ext: {
        nonce_str: 'nonce',
        user_card: {
          invoice_user_data: {
            fee: 1100,
            title: '样例公司',
            billing_time: 1474875876,
            billing_no: '00000001',
            billing_code: '044001900111',
            info: [{ name: '茶', num: 1, unit: '盒', price: 1100 }],
            fee_without_tax: 1000,
            tax: 100,
            check_code: '00000000000000000001',
            s_pdf_media_id: 's_pdf_media_id-1',
          },
        },
      },
    },
    answer: { errcode: 0, errmsg: 'ok', code: 'tkwoNZbDwceA', openid: 'oAnn' },
  },
  get: {
    request: { card_id: 'card_id-1', encrypt_code: 'GUptnLwV-Guu' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      card_id: 'card_id-1',
      begin_time: 1767240000,
      end_time: 2082600000,
      openid: 'oAnn',
      type: '增值税电子普通发票',
      payee: '样例茶馆有限公司',
      detail: '茶',
      user_info: {
        fee: 1100,
        title: '样例公司',
        billing_time: 1474875876,
        billing_no: '00000001',
        billing_code: '044001900111',
        fee_without_tax: 1000,
        tax: 100,
        check_code: '00000000000000000001',
        info: [{ name: '茶', num: 1, unit: '盒', price: 1100 }],
        pdf_url: 'https://example.com/pdf_url',
        reimburse_status: 'INVOICE_REIMBURSE_LOCK',
        order_id: 'order-1',
      },
    },
  },
  getMany: {
    request: { item_list: [{ card_id: 'card_id-1', encrypt_code: 'U9zpT7sIFgFb' }] },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      item_list: [
        {
          card_id: 'card_id-1',
          begin_time: 1767240000,
          end_time: 2082600000,
          openid: 'oAnn',
          type: '增值税电子普通发票',
          payee: '样例茶馆有限公司',
          detail: '茶',
          user_info: {
            fee: 1100,
            title: '样例公司',
            billing_time: 1474875876,
            billing_no: '00000001',
            billing_code: '044001900111',
            fee_without_tax: 1000,
            tax: 100,
            check_code: '00000000000000000001',
            info: [{ name: '茶', num: 1, unit: '盒', price: 1100 }],
            pdf_url: 'https://example.com/pdf_url',
            reimburse_status: 'INVOICE_REIMBURSE_LOCK',
            order_id: 'order-1',
          },
        },
      ],
    },
  },
  setReimburseStatus: {
    request: {
      card_id: 'card_id-1',
      encrypt_code: 'C7Qh8qUEi1GH',
      reimburse_status: 'INVOICE_REIMBURSE_LOCK',
    },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  setReimburseStatuses: {
    request: {
      openid: 'oAnn',
      reimburse_status: 'INVOICE_REIMBURSE_LOCK',
      invoice_list: [{ card_id: 'card_id-1', encrypt_code: 'Zp8PIgtzRrQt' }],
    },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  getTitleUrl: {
    request: { user_fill: 0, title: '样例公司', tax_no: 'tax_no-1' },
    answer: { errcode: 0, errmsg: 'ok', url: 'https://example.com/url' },
  },
  getTitleChoiceUrl: {
    request: { attach: 'table-7', biz_name: '样例茶馆' },
    answer: { errcode: 0, errmsg: 'ok', url: 'https://example.com/url' },
  },
  readTitle: {
    request: { scan_text: '$01sample$' },
    answer: { errcode: 0, errmsg: 'ok', title_type: 0, title: '样例公司', tax_no: 'tax_no-1' },
  },
};
