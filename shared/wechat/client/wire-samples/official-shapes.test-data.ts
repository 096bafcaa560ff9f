import type { EndpointName, RequestOf, ResponseOf } from '../../catalogue/index.ts';

/**
 * The shapes of WeChat's published samples where they differ from the sample of their row: other
 * kinds of one thing, older fields, and fields that are left out. The values are ours.
 */
export interface OfficialShape {
  readonly name: EndpointName;
  readonly answer: unknown;
}

const answer = <Name extends EndpointName>(name: Name, shape: ResponseOf<Name>): OfficialShape => ({
  name,
  answer: shape,
});
/** A request is only compiled. */
const request = <Name extends EndpointName>(name: Name, shape: RequestOf<Name>) => ({
  name,
  request: shape,
});

const ok = { errcode: 0, errmsg: 'ok' };
const page = 'https://example.com/page';
const corner = (x: number, y: number) => ({ x, y });
const frame = {
  pos: {
    left_top: corner(10, 20),
    right_top: corner(210, 20),
    right_bottom: corner(210, 120),
    left_bottom: corner(10, 120),
  },
};
const size = { w: 640, h: 480 };
const told = {
  title: '春茶上市',
  author: '小编',
  digest: '明前',
  show_cover: 1,
  cover_url: page,
  content_url: page,
  source_url: '',
} as const;
const article = {
  title: '春茶上市',
  author: '小编',
  digest: '明前',
  content: '<p>茶</p>',
  content_source_url: page,
  thumb_media_id: 'thumb-1',
  show_cover_pic: 1,
  need_open_comment: 0,
  only_fans_can_comment: 0,
} as const;
const office = {
  department_code: '440001',
  department_name: '样例执收单位',
  region_code: '440000',
} as const;
const store = {
  business_name: '样例茶馆',
  address: '新港中路397号',
  telephone: '020-00000000',
  city: '广州市',
  province: '广东省',
  district: '海珠区',
  longitude: 113.27,
  latitude: 23.1,
  photo_list: [{ photo_url: page }],
  open_time: '10:00-21:00',
  poi_id: '400000001',
  status: 2,
};
/** Without a penalty, as WeChat's samples have it. */
const charge = { no: 1, item_id: '000001', item_name: '办证费', overdue: 0, fee: 20000 };
const fields = {
  user_field: { show_title: 1, show_phone: 1, show_email: 1, custom_field: [{ key: '桌号' }] },
  biz_field: {
    show_title: 1,
    show_tax_no: 1,
    show_addr: 1,
    show_phone: 1,
    show_bank_type: 1,
    show_bank_no: 1,
    custom_field: [{ key: '部门' }],
  },
} as const;
const goods = [{ name: '龙井', num: 2, unit: '盒', price: 9900 }];
const read = {
  int_page_read_user: 80,
  int_page_read_count: 95,
  ori_page_read_user: 3,
  ori_page_read_count: 4,
  share_user: 5,
  share_count: 6,
  add_to_fav_user: 1,
  add_to_fav_count: 2,
};

export const officialShapes: readonly OfficialShape[] = [
  answer('autoReply.get', {
    is_add_friend_reply_open: 1,
    is_autoreply_open: 1,
    add_friend_autoreply_info: { type: 'text', content: '欢迎' },
    message_default_autoreply_info: { type: 'text', content: '在的' },
    keyword_autoreply_info: {
      list: [
        {
          rule_name: '图文',
          create_time: 1767240000,
          reply_mode: 'reply_all',
          keyword_list_info: [{ type: 'text', match_mode: 'contain', content: '茶' }],
          reply_list_info: [
            { type: 'news', news_info: { list: [told] } },
            { type: 'news', content: 'media-1', news_info: { list: [told, told] } },
          ],
        },
        {
          rule_name: '视频',
          create_time: 1767240000,
          reply_mode: 'random_one',
          keyword_list_info: [{ type: 'text', match_mode: 'equal', content: '看' }],
          reply_list_info: [{ type: 'video', content: page }],
        },
      ],
    },
  }),
  answer('network.checkCallback', {
    dns: [{ ip: '192.0.2.1', real_operator: 'UNICOM' }],
    ping: [{ ip: '192.0.2.1', from_operator: 'UNICOM', package_loss: '0%', time: '20.1ms' }],
  }),
  answer('draft.get', { news_item: [{ ...article, url: page }] }),
  answer('draft.list', {
    total_count: 1,
    item_count: 1,
    item: [
      {
        media_id: 'media-1',
        content: { news_item: [{ ...article, url: page }] },
        update_time: 1767240000,
      },
    ],
  }),
  answer('publish.list', {
    total_count: 1,
    item_count: 1,
    item: [
      {
        article_id: 'article-1',
        content: { news_item: [{ ...article, url: page, is_deleted: false }] },
        update_time: 1767240000,
      },
    ],
  }),
  answer('publish.getStatus', {
    publish_id: '100000007',
    publish_status: 0,
    article_id: 'article-1',
    article_detail: { count: 1, item: [{ idx: 1, article_url: page }] },
    fail_idx: [],
  }),
  answer('material.list', {
    total_count: 1,
    item_count: 1,
    item: [
      {
        media_id: 'media-1',
        content: {
          news_item: [
            {
              title: '春茶上市',
              thumb_media_id: 'thumb-1',
              show_cover_pic: 1,
              author: '小编',
              digest: '明前',
              content: '<p>茶</p>',
              url: page,
              content_source_url: page,
            },
          ],
          update_time: 1767240000,
          create_time: 1767240000,
        },
        update_time: 1767240000,
      },
    ],
  }),
  answer('material.get', {
    news_item: [
      {
        title: '春茶上市',
        thumb_media_id: 'thumb-1',
        thumb_url: page,
        author: '小编',
        digest: '明前',
        show_cover_pic: 1,
        url: page,
        content_source_url: page,
      },
    ],
  }),
  answer('menu.getCurrent', {
    is_menu_open: 1,
    selfmenu_info: {
      button: [
        {
          name: '更多',
          sub_button: {
            list: [
              { type: 'view', name: '商城', url: page },
              { type: 'news', name: '图文', value: 'media-1', news_info: { list: [told] } },
              { type: 'video', name: '视频', value: page },
              { type: 'voice', name: '语音', value: 'media-2' },
            ],
          },
        },
        { type: 'text', name: '文字', value: '在的' },
        { type: 'img', name: '图片', value: 'media-3' },
        { type: 'click', name: '今日', key: 'TODAY' },
      ],
    },
  }),
  answer('menu.get', {
    menu: {
      button: [{ type: 'click', name: '今日', key: 'TODAY', sub_button: [] }],
      menuid: '208396938',
    },
    conditionalmenu: [
      {
        button: [
          { name: '更多', sub_button: [{ type: 'view', name: '商城', url: page, sub_button: [] }] },
        ],
        matchrule: {
          group_id: 2,
          sex: 1,
          country: '中国',
          province: '广东',
          city: '广州',
          client_platform_type: 2,
        },
        menuid: '208396993',
      },
    ],
  }),
  answer('user.getMany', {
    user_info_list: [
      {
        subscribe: 1,
        openid: 'oAnn',
        nickname: '',
        sex: 0,
        language: 'zh_CN',
        city: '',
        province: '',
        country: '',
        headimgurl: '',
        subscribe_time: 1767240000,
        unionid: 'uAnn',
        remark: '',
        groupid: 0,
        tagid_list: [128, 2],
        subscribe_scene: 'ADD_SCENE_QR_CODE',
        qr_scene: 98765,
        qr_scene_str: '',
      },
      { subscribe: 0, openid: 'oBen' },
    ],
  }),
  answer('comment.list', {
    ...ok,
    total: 1,
    comment: [
      {
        user_comment_id: '7',
        openid: 'oAnn',
        create_time: 1767240000,
        content: '好茶',
        comment_type: 1,
        reply: { content: '谢谢', create_time: 1767240000 },
      },
    ],
  }),
  answer('customerService.listWaiting', {
    count: 150,
    waitcaselist: [{ latest_time: 1767240000, openid: 'oAnn' }],
  }),
  answer('customerService.listSessions', {
    sessionlist: [{ createtime: 1767240000, openid: 'oAnn' }],
  }),
  answer('dataCube.getArticleTotal', {
    list: [
      {
        ref_date: '2026-01-01',
        msgid: '202457380_1',
        title: '春茶上市',
        details: [
          {
            ...read,
            stat_date: '2026-01-01',
            target_user: 900,
            int_page_from_session_read_user: 1,
            int_page_from_session_read_count: 2,
            int_page_from_hist_msg_read_user: 3,
            int_page_from_hist_msg_read_count: 4,
            int_page_from_feed_read_user: 5,
            int_page_from_feed_read_count: 6,
            int_page_from_friends_read_user: 7,
            int_page_from_friends_read_count: 8,
            int_page_from_other_read_user: 9,
            int_page_from_other_read_count: 10,
            feed_share_from_session_user: 11,
            feed_share_from_session_cnt: 12,
            feed_share_from_feed_user: 13,
            feed_share_from_feed_cnt: 14,
            feed_share_from_other_user: 15,
            feed_share_from_other_cnt: 16,
          },
        ],
      },
    ],
  }),
  answer('dataCube.getUserReadHour', {
    list: [{ ...read, ref_date: '2026-01-01', ref_hour: 0, user_source: 99999999 }],
  }),
  answer('dataCube.getMemberCardSummary', {
    list: [
      {
        ref_date: '2026-01-01',
        view_cnt: 1,
        view_user: 1,
        receive_cnt: 0,
        receive_user: 0,
        active_user: 0,
        verify_cnt: 0,
        verify_user: 0,
        total_user: 86,
        total_receive_user: 95,
      },
    ],
  }),
  answer('ocr.readDriverLicence', {
    ...ok,
    id_num: '440000199001010000',
    name: '陈一',
    sex: '男',
    nationality: '中国',
    address: '广东省广州市',
    birth_date: '1990-01-01',
    issue_date: '2012-01-01',
    car_class: 'C1',
    valid_from: '2018-01-01',
    valid_to: '2028-01-01',
    official_seal: '广州市公安局交通警察支队',
  }),
  answer('ocr.readBusinessLicence', {
    ...ok,
    reg_num: '440101000000000',
    serial: '1',
    legal_representative: '陈一',
    enterprise_name: '样例茶馆有限公司',
    type_of_organization: '有限责任公司',
    address: '广东省广州市',
    type_of_enterprise: '有限责任公司',
    business_scope: '茶',
    registered_capital: '200万',
    paid_in_capital: '200万',
    valid_period: '长期',
    registered_date: '2018年1月1日',
    cert_position: frame,
    img_size: size,
  }),
  answer('ocr.readVehicleLicence', {
    ...ok,
    plate_num: '粤A00000',
    vehicle_type: '小型普通客车',
    owner: '陈一',
    addr: '广东省广州市',
    use_character: '非营运',
    model: '样例牌',
    vin: 'L0000000000000000',
    engine_num: 'E0000000',
    register_date: '2018-01-01',
    issue_date: '2018-01-01',
    plate_num_b: '粤A00000',
    record: '440000000000',
    passengers_num: '7人',
    total_quality: '2700kg',
    prepare_quality: '1995kg',
    overall_size: '4582x1795x1458mm',
    card_position_front: frame,
    card_position_back: frame,
    img_size: size,
  }),
  answer('picture.crop', {
    ...ok,
    results: [{ crop_left: 10, crop_top: 0, crop_right: 600, crop_bottom: 400 }],
    img_size: size,
  }),
  answer('picture.readCodes', {
    ...ok,
    code_results: [
      { type_name: 'QR_CODE', data: page, ...frame },
      { type_name: 'EAN_13', data: '6900000000000' },
    ],
    img_size: size,
  }),
  answer('card.get', {
    ...ok,
    card: {
      card_type: 'DISCOUNT',
      discount: {
        base_info: {
          id: 'pCard',
          logo_url: page,
          code_type: 'CODE_TYPE_NONE',
          brand_name: '样例茶馆',
          title: '九折券',
          date_info: { type: 'DATE_TYPE_FIX_TERM', fixed_term: 30, fixed_begin_term: 0 },
          color: '#10AD61',
          notice: '到店出示',
          description: '',
          location_id_list: [218384742],
          get_limit: 3,
          can_share: true,
          can_give_friend: true,
          status: 'CARD_STATUS_VERIFY_OK',
          sku: { quantity: 995, total_quantity: 1000 },
          create_time: 1767240000,
          update_time: 1767240000,
        },
        discount: 10,
        advanced_info: { time_limit: [{ type: 'MONDAY' }], text_image_list: [] },
      },
    },
  }),
  answer('invoice.get', {
    ...ok,
    card_id: 'pCard',
    begin_time: 1767240000,
    end_time: 1798776000,
    user_card_status: 'EXPIRE',
    openid: 'oAnn',
    type: '增值税普通发票',
    payee: '样例茶馆有限公司',
    detail: '茶',
    user_info: {
      fee: 9900,
      title: '样例公司',
      billing_time: 1767240000,
      billing_no: '00000001',
      billing_code: '044001900111',
      info: goods,
      fee_without_tax: 9000,
      tax: 900,
      pdf_url: page,
      reimburse_status: 'INVOICE_REIMBURSE_INIT',
    },
  }),
  answer('invoice.getMany', {
    ...ok,
    item_list: [
      {
        card_id: 'pCard',
        openid: 'oAnn',
        type: '增值税普通发票',
        payee: '样例茶馆有限公司',
        detail: '茶',
        user_info: {
          fee: 9900,
          title: '样例公司',
          billing_time: 1767240000,
          billing_no: '00000001',
          billing_code: '044001900111',
          info: goods,
          fee_without_tax: 9000,
          tax: 900,
          pdf_url: page,
          reimburse_status: 'INVOICE_REIMBURSE_INIT',
          order_id: 'order-1',
          check_code: '00000000000000000001',
          buyer_number: '91440101000000000X',
        },
      },
    ],
  }),
  answer('invoice.getAuthorization', {
    ...ok,
    invoice_status: 'auth success',
    auth_time: 1767240000,
    user_auth_info: {
      user_field: {
        title: '陈一',
        phone: '020-00000000',
        email: 'a@example.com',
        custom_field: [{ key: '桌号', value: '7' }],
      },
      biz_field: {
        title: '样例公司',
        tax_no: '91440101000000000X',
        addr: '广州',
        phone: '020-00000000',
        bank_type: '样例银行',
        bank_no: '0000',
        custom_field: [{ key: '部门', value: '采购' }],
      },
    },
  }),
  answer('miniProgramStore.listCategories', {
    ...ok,
    data: {
      all_category_info: {
        categories: [
          { id: 0, name: 'root', level: 0, children: [1] },
          { id: 1, name: '购物', level: 1, father: 0, children: [2] },
          {
            id: 2,
            name: '茶叶店',
            level: 2,
            father: 1,
            children: [],
            qualify: { exter_list: [{ inner_list: [{ name: '食品经营许可证' }] }] },
            sensitive_type: 1,
          },
        ],
      },
    },
  }),
  answer('miniProgramStore.listDistricts', {
    data_version: '20260101',
    result: [
      [
        {
          id: '440000',
          name: '广东',
          fullname: '广东省',
          pinyin: ['guang', 'dong'],
          location: { lat: 23.13, lng: 113.26 },
          cidx: [0, 1],
        },
      ],
      [{ id: '440105', fullname: '海珠区', location: { lat: 23.08, lng: 113.31 } }],
    ],
  }),
  answer('miniProgramStore.createMapPlace', { data: { base_id: 42160 } }),
  answer('miniProgramStore.get', { ...ok, business: { base_info: store } }),
  answer('miniProgramStore.list', {
    ...ok,
    business_list: [{ base_info: store }],
    total_count: 1,
  }),
  answer('subscribe.listPublicKeywords', {
    ...ok,
    data: [{ kid: 1, name: '茶名', example: '明前', rule: 'thing' }],
  }),
  answer('itemCode.getApplication', {
    ...ok,
    status: 'FINISH',
    code_generate_list: [{ code_start: 0, code_end: 49999 }],
  }),
  answer('nonTax.getFee', {
    ...ok,
    ...office,
    fee: 20000,
    items: [charge],
    user_name: '陈*一',
    payment_notice_create_time: 1767240000,
    payment_notice_no: '4400000001',
    payment_notice_type: 1,
  }),
  answer('nonTax.getOrder', {
    ...ok,
    ...office,
    appid: 'wx0123456789abcdef',
    openid: 'oUser',
    order_id: 'order-1',
    create_time: 1767240000,
    pay_finish_time: 0,
    desc: '办证',
    fee: 20000,
    fee_type: 1,
    trans_id: '',
    status: 12,
    bank_id: 'bank-1',
    bank_name: '样例银行',
    bank_account: '0000',
    refund_finish_time: 0,
    items: [charge],
    bill_type_code: '',
    bill_no: '',
    payment_info_source: 2,
    payment_notice_no: '4400000001',
    payment_notice_type: 1,
    notify_history: [
      {
        appid: 'wx0123456789abcdef',
        name: '样例财政局',
        notify_detail: [
          {
            notify_time: 1767240060,
            ret: 0,
            cost_time: 39,
            wxnontaxstr: '0000000000000001',
            status: 3,
            errcode: 0,
            errmsg: '',
          },
        ],
        notify_cnt: 1,
      },
    ],
  }),
  answer('invoice.settings', { ...ok, auth_field: fields }),
  answer('invoice.settings', { ...ok, contact: { phone: '020-00000000', time_out: 12345 } }),
  answer('invoice.settings', { ...ok, paymch_info: { mchid: '1900000000', s_pappid: 'wxpappid' } }),
  answer('invoice.readTitle', {
    ...ok,
    title: '样例公司',
    tax_no: '91440101000000000X',
    addr: '广州',
    bank_type: '样例银行',
    phone: '020-00000000',
    title_type: 0,
    bank_no: '0000',
  }),
];

export const officialRequests = [
  request('menu.addConditional', {
    button: [{ type: 'click', name: '今日', key: 'TODAY' }],
    matchrule: { tag_id: '2', sex: '1', country: '中国', client_platform_type: '2' },
  }),
  request('nonTax.payByCode', {
    ...office,
    appid: 'wx0123456789abcdef',
    bank_id: 'bank-1',
    bank_account: '',
    desc: '办证',
    fee: 20000,
    user_name: '陈*一',
    items: [charge],
    payment_notice_create_time: 1767240000,
    payment_expire_date: '20270102',
    payment_notice_no: '4400000001',
    auth_code: '134000000000000001',
  }),
  request('nonTax.createBillTemplate', {
    invoice_info: { payee: '样例财政局', base_info: { logo_url: page } },
  }),
  request('nonTax.insertBill', {
    order_id: 'order-1',
    card_ext: {
      user_card: {
        invoice_user_data: {
          billing_time: '1767240000',
          billing_code: '44010119',
          billing_no: '0000000001',
          s_pdf_media_id: 'pdf-1',
          fee: 20000,
          title: '陈一',
        },
      },
    },
    card_id: 'pCard',
    appid: 'wx0123456789abcdef',
  }),
  request('draft.add', { articles: [article] }),
  request('invoice.getTitleUrl', {
    tax_no: '91440101000000000X',
    addr: '广州',
    title: '样例公司',
    bank_type: '样例银行',
    phone: '020-00000000',
    bank_no: '0000',
  }),
  request('invoice.getPageUrl', {
    s_pappid: 'wxpappid',
    order_id: 'order-1',
    money: 11,
    timestamp: 1767240000,
    source: 'web',
    redirect_url: page,
    ticket: 'ticket-1',
    type: 1,
  }),
  request('invoice.settings', { action: 'set_auth_field', auth_field: fields }),
  request('invoice.createTemplate', {
    invoice_info: {
      base_info: {
        logo_url: page,
        title: '样例茶馆',
        custom_url_name: '查看',
        custom_url: page,
        custom_url_sub_title: '订单',
        promotion_url_name: '更多',
        promotion_url: page,
        promotion_url_sub_title: '新茶',
      },
      type: '增值税普通发票',
      payee: '样例茶馆有限公司',
    },
  }),
  request('invoice.insert', {
    order_id: 'order-1',
    card_id: 'pCard',
    appid: 'wx0123456789abcdef',
    card_ext: {
      nonce_str: 'nonce-1',
      user_card: {
        invoice_user_data: {
          info: goods,
          billing_no: '00000001',
          billing_code: '044001900111',
          billing_time: '1767240000',
          tax: 900,
          s_pdf_media_id: 'pdf-1',
          fee: 9900,
          title: '样例公司',
          fee_without_tax: 9000,
          buyer_number: '91440101000000000X',
        },
      },
    },
  }),
];
