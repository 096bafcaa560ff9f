import { appliedFor, type Done, read, readByPost, write } from './endpoint.ts';

export interface StoreCategory {
  readonly id: number;
  readonly name?: string;
  /** 0 the root, then 1 and 2. */
  readonly level: number;
  /** The ids of the categories below. */
  readonly children?: readonly number[];
  readonly father?: number;
  /** 1: papers must be shown. Missing in the root and at the first level. */
  readonly sensitive_type?: 0 | 1;
  /** The papers, by name and with an example. */
  readonly qualify?: {
    readonly exter_list: readonly {
      readonly inner_list: readonly { readonly name: string; readonly url?: string }[];
    }[];
    readonly remark?: string;
  };
}

export interface MerchantApplication {
  readonly first_catid: number;
  readonly second_catid: number;
  /** Temporary media, with media ids joined by commas where there are several. */
  readonly qualification_list: string;
  readonly headimg_mediaid: string;
  /** 4 to 30 characters, of which a Chinese one counts as two. */
  readonly nickname: string;
  readonly intro: string;
  readonly org_code?: string;
  readonly other_files?: string;
}

export interface MerchantAudit {
  readonly audit_id: number;
  /** 0 not submitted, 1 passed, 2 under way, 3 refused, 4 refused by the administrator. */
  readonly status: 0 | 1 | 2 | 3 | 4;
  readonly reason: string;
}

export interface District {
  readonly id: string;
  readonly name?: string;
  readonly fullname: string;
  readonly pinyin?: readonly string[];
  readonly location?: { readonly lat: number; readonly lng: number };
  /** Where the districts below begin and end in the next list. */
  readonly cidx?: readonly number[];
}

export interface MapPlace {
  readonly branch_name: string;
  readonly address: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly telephone: string;
  readonly category: string;
  /** The `map_poi_id` of a new store. */
  readonly sosomap_poi_uid: string;
  readonly data_supply?: number;
  readonly pic_urls?: readonly string[];
  readonly card_id_list?: readonly string[];
}

interface StoreDetails {
  /** JSON as text: `{"list":["http://…"]}`. */
  readonly pic_list: string;
  readonly contract_phone: string;
  /** Such as `09:00-21:00`. */
  readonly hour: string;
  readonly card_id?: string;
}

export interface StoreAddition extends StoreDetails {
  readonly map_poi_id: string;
  /** The number of the business licence. */
  readonly credential: string;
  /** When it is not the account's own company. */
  readonly company_name?: string;
  readonly qualification_list?: string | readonly string[];
  /** Of a store that moves here from the older store list. */
  readonly poi_id?: string;
}

export interface StoreUpdate extends StoreDetails {
  readonly map_poi_id?: string;
  readonly poi_id: string;
}

export interface StoreBaseInfo {
  readonly business_name: string;
  readonly address: string;
  readonly telephone: string;
  readonly city?: string;
  readonly province?: string;
  readonly district?: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly photo_list: readonly { readonly photo_url: string }[];
  readonly open_time: string;
  readonly poi_id: string;
  /** 1 passed, 2 under way, 3 refused, 4 refused by the administrator, 5 none. */
  readonly status: number;
  readonly qualification_num?: string;
  readonly qualification_name?: string;
  readonly categories?: readonly string[];
  readonly qualification_list?: readonly string[];
}

export interface MapPlaceCreation {
  readonly name: string;
  readonly longitude: string;
  readonly latitude: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly address: string;
  /** Such as `美食:中餐厅`. */
  readonly category: string;
  readonly telephone: string;
  readonly photo: string;
  readonly license: string;
  /** WeChat's spelling. */
  readonly introduct: string;
  readonly districtid: string;
  readonly poi_id?: string;
}

export interface StoreId {
  readonly poi_id: string;
}

export interface StoreAuditId {
  readonly audit_id: number;
}

export const miniProgramStore = appliedFor('门店小程序', {
  /**
   * The categories that a store may have.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_getwxastorecatelist.html
   */
  listCategories: read<
    undefined,
    {
      readonly data: {
        readonly all_category_info: { readonly categories: readonly StoreCategory[] };
      };
    } & Done
  >('/wxa/get_merchant_category'),
  /**
   * Applies for the mini program of the stores.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_applywxastore.html
   */
  apply: write<MerchantApplication>('/wxa/apply_merchant'),
  /**
   * How far the application is.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_getwxastoreauditinfo.html
   */
  getAudit: read<undefined, { readonly data: MerchantAudit } & Done>(
    '/wxa/get_merchant_audit_info',
  ),
  /**
   * Changes it; an empty text leaves a field as it is.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_modifywxastore.html
   */
  update: write<{ readonly headimg_mediaid: string; readonly intro: string }>(
    '/wxa/modify_merchant',
    { repeat: 'safe' },
  ),
  /**
   * Provinces, cities and districts, in three lists.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_getdistrictlist.html
   */
  listDistricts: read<
    undefined,
    {
      readonly status?: number;
      readonly message?: string;
      readonly data_version: string;
      readonly result: readonly (readonly District[])[];
    } & Done
  >('/wxa/get_district'),
  /**
   * Places of Tencent's map.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_poilistsearch.html
   */
  searchMap: readByPost<
    { readonly districtid: number; readonly keyword: string },
    { readonly data: { readonly item: readonly MapPlace[] } } & Done
  >('/wxa/search_map_poi'),
  /**
   * A new place in Tencent's map.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_createnewpoid.html
   */
  createMapPlace: write<
    MapPlaceCreation,
    {
      readonly error?: null;
      readonly data: { readonly base_id: number; readonly rich_id?: number };
    } & Done
  >('/wxa/create_map_poi'),
  /**
   * Adds a store.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_addentityshop.html
   */
  add: write<StoreAddition, { readonly data: StoreAuditId } & Done>('/wxa/add_store'),
  /**
   * Changes a store.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_newupdatepoi.html
   */
  change: write<
    StoreUpdate,
    { readonly data: { readonly has_audit_id: 0 | 1; readonly audit_id?: number } } & Done
  >('/wxa/update_store', { repeat: 'safe' }),
  /**
   * A store.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_newgetpoi.html
   */
  get: readByPost<StoreId, { readonly business: { readonly base_info: StoreBaseInfo } } & Done>(
    '/wxa/get_store_info',
  ),
  /**
   * The stores, by pages.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_newgetpoilist.html
   */
  list: readByPost<
    { readonly offset: number; readonly limit: number },
    {
      readonly business_list: readonly { readonly base_info: StoreBaseInfo }[];
      readonly total_count: number;
    } & Done
  >('/wxa/get_store_list'),
  /**
   * Deletes a store.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_newdelpoi.html
   */
  delete: write<StoreId>('/wxa/del_store', { repeat: 'safe' }),
} as const);
