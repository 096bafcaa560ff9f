import type {
  District,
  MerchantApplication,
  StoreAddition,
  StoreBaseInfo,
  StoreCategory,
} from '../../../../shared/wechat/catalogue/mini-program-store.ts';
import { ApiError } from '../errors/errors.ts';
import { type JsonObject, jsonOf, textIn } from '../http/call.ts';
import { requiredInteger, requiredText } from '../rules/fields.ts';
import type { StoreRecord } from '../state/mini-program-stores.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

const categories: readonly StoreCategory[] = [
  { id: 0, name: 'root', level: 0, children: [1] },
  { id: 1, name: '商家自营', level: 1, father: 0, children: [2, 3] },
  { id: 2, name: '百货', level: 2, father: 1, children: [], sensitive_type: 0 },
  {
    id: 3,
    name: '食品饮料',
    level: 2,
    father: 1,
    children: [],
    qualify: { exter_list: [{ inner_list: [{ name: '食品经营许可证' }] }] },
    sensitive_type: 1,
  },
];

/** Provinces, cities and districts; `cidx` says where those below one stand in the next list. */
const districts: readonly (readonly District[])[] = [
  [{ id: '440000', name: '广东', fullname: '广东省', cidx: [0, 0] }],
  [{ id: '440100', name: '广州', fullname: '广州市', cidx: [0, 0] }],
  [{ id: '440105', fullname: '海珠区', location: { lat: 23.08331, lng: 113.26196 } }],
];

/** 1 passed, 2 refused or under way for stores; see `StoreBaseInfo`. */
const PASSED = 1;
const UNDER_WAY = 2;

export const miniProgramStore: OperationsOf<'miniProgramStore'> = {
  listCategories: () => ({ ...done, data: { all_category_info: { categories } } }),

  apply({ miniProgramStores, media }, call) {
    const body = jsonOf(call);
    const [first, second] = ['first_catid', 'second_catid'].map((name) =>
      categories.find(({ id }) => id === requiredInteger(body, name)),
    );
    if (first?.level !== 1 || second?.father !== first.id) throw new ApiError(40097);
    const text = (name: keyof MerchantApplication) => requiredText(body, name, 41011);
    const nickname = text('nickname');
    const width = [...nickname].reduce((sum, char) => sum + (char > '\xff' ? 2 : 1), 0);
    if (width < 4 || width > 30) throw new ApiError(40097);
    const [headimg_mediaid, qualification_list] = [
      text('headimg_mediaid'),
      text('qualification_list'),
    ];
    for (const id of [headimg_mediaid, ...qualification_list.split(',')]) {
      if (!media.find(id)) throw new ApiError(85056);
    }
    const names = { nickname, intro: text('intro') };
    const ids = { first_catid: first.id, second_catid: second.id };
    miniProgramStores.apply({ ...ids, ...names, headimg_mediaid, qualification_list });
    return done;
  },

  getAudit({ miniProgramStores }) {
    const merchant = miniProgramStores.merchant();
    if (!merchant) return { ...done, data: { audit_id: 0, status: 0, reason: '' } };
    const { auditId: audit_id } = merchant;
    const outcome = miniProgramStores.outcomeOf(audit_id);
    const status = outcome ? (outcome.status === 3 ? 1 : 3) : 2;
    return { ...done, data: { audit_id, status, reason: outcome?.reason ?? '' } };
  },

  /** Empty texts leave things as they are. */
  update(world, call) {
    const body = jsonOf(call);
    merchantOf(world);
    const [headimg_mediaid, intro] = [textIn(body, 'headimg_mediaid'), textIn(body, 'intro')];
    if (headimg_mediaid && !world.media.find(headimg_mediaid)) throw new ApiError(85056);
    world.miniProgramStores.updateMerchant({
      ...(headimg_mediaid ? { headimg_mediaid } : {}),
      ...(intro ? { intro } : {}),
    });
    return done;
  },

  listDistricts: () => ({
    status: 0,
    message: 'query ok',
    data_version: '20260101',
    result: districts,
  }),

  searchMap({ miniProgramStores }, call) {
    const body = jsonOf(call);
    const id = String(requiredInteger(body, 'districtid'));
    if (!districts.flat().some((district) => district.id === id)) throw new ApiError(40097);
    const keyword = requiredText(body, 'keyword', 41011);
    const item = miniProgramStores
      .places()
      .filter((place) => `${place.branch_name} ${place.address}`.includes(keyword));
    return { ...done, data: { item } };
  },

  createMapPlace({ miniProgramStores }, call) {
    const body = jsonOf(call);
    const text = (name: string) => requiredText(body, name, 41011);
    const place = {
      name: text('name'),
      longitude: text('longitude'),
      latitude: text('latitude'),
      province: text('province'),
      city: text('city'),
      district: text('district'),
      address: text('address'),
      category: text('category'),
      telephone: text('telephone'),
      photo: text('photo'),
      license: text('license'),
      introduct: text('introduct'),
      districtid: text('districtid'),
    };
    const isNumber = [place.longitude, place.latitude].every((each) =>
      Number.isFinite(Number(each)),
    );
    if (!isNumber) throw new ApiError(40097);
    const base_id = miniProgramStores.createPlace(place);
    return { ...done, error: null, data: { base_id, rich_id: base_id } };
  },

  add(world, call) {
    const { miniProgramStores } = world;
    const body = jsonOf(call);
    merchantOf(world);
    const addition: StoreAddition = {
      ...detailsIn(body),
      map_poi_id: requiredText(body, 'map_poi_id', 41011),
      credential: requiredText(body, 'credential', 41011),
      ...(textIn(body, 'company_name') ? { company_name: textIn(body, 'company_name') } : {}),
    };
    const place = placeOf(world, addition.map_poi_id);
    const stores = miniProgramStores.stores().map(({ details }) => details);
    if (!place) throw new ApiError(85055);
    if (stores.some((each) => each.map_poi_id === addition.map_poi_id)) throw new ApiError(85038);
    if (stores.some((each) => each.credential === addition.credential)) throw new ApiError(85041);
    return { ...done, data: { audit_id: miniProgramStores.add(addition) } };
  },

  /** New pictures are looked at before they are shown. */
  change(world, call) {
    const { miniProgramStores } = world;
    const body = jsonOf(call);
    merchantOf(world);
    const store = storeIn(world, body);
    if (!store.isPassed) throw new ApiError(65118);
    const details = detailsIn(body);
    const isNew = details.pic_list !== store.details.pic_list;
    miniProgramStores.change(store, { ...details, poi_id: store.poiId });
    if (!isNew) return { ...done, data: { has_audit_id: 0 } };
    return { ...done, data: { has_audit_id: 1, audit_id: miniProgramStores.auditChange(store) } };
  },

  get(world, call) {
    const base_info = describe(world, storeIn(world, jsonOf(call)));
    return { ...done, business: { base_info } };
  },

  list(world, call) {
    const body = jsonOf(call);
    const [offset, limit] = ['offset', 'limit'].map((name) => requiredInteger(body, name));
    if (offset === undefined || limit === undefined || offset < 0 || limit < 1) {
      throw new ApiError(40097);
    }
    const stores = world.miniProgramStores.stores();
    return {
      ...done,
      business_list: stores
        .slice(offset, offset + limit)
        .map((store) => ({ base_info: describe(world, store) })),
      total_count: stores.length,
    };
  },

  delete(world, call) {
    world.miniProgramStores.delete(storeIn(world, jsonOf(call)).poiId);
    return done;
  },
};

/** @throws ApiError 85053 while there is none that has passed. */
function merchantOf({ miniProgramStores }: World): void {
  if (!miniProgramStores.merchant()?.isPassed) throw new ApiError(85053);
}

/** @throws ApiError 41011, 65115 */
function storeIn({ miniProgramStores }: World, body: JsonObject): StoreRecord {
  const store = miniProgramStores.find(requiredText(body, 'poi_id', 41011));
  if (!store) throw new ApiError(65115);
  return store;
}

function placeOf({ miniProgramStores }: World, mapPoiId: string) {
  return miniProgramStores.places().find((place) => place.sosomap_poi_uid === mapPoiId);
}

/** @throws ApiError 41011, 40097 */
function detailsIn(body: JsonObject) {
  const pic_list = requiredText(body, 'pic_list', 41011);
  const hour = requiredText(body, 'hour', 41011);
  if (!/^\d\d:\d\d-\d\d:\d\d$/.test(hour) || !photosIn(pic_list)) throw new ApiError(40097);
  const card_id = textIn(body, 'card_id');
  const contract_phone = requiredText(body, 'contract_phone', 41011);
  return { pic_list, hour, contract_phone, ...(card_id ? { card_id } : {}) };
}

/** `undefined` for a text that is not `{"list":[…]}`. */
function photosIn(text: string): readonly string[] | undefined {
  try {
    const { list } = Object(JSON.parse(text)) as { list?: unknown };
    return Array.isArray(list) ? list.map(String) : undefined;
  } catch {
    return undefined;
  }
}

function describe(world: World, { poiId, details, isPassed }: StoreRecord): StoreBaseInfo {
  const place = placeOf(world, details.map_poi_id);
  const name = place?.branch_name ?? '';
  return {
    business_name: name,
    address: place?.address ?? '',
    telephone: details.contract_phone,
    longitude: place?.longitude ?? 0,
    latitude: place?.latitude ?? 0,
    photo_list: (photosIn(details.pic_list) ?? []).map((photo_url) => ({ photo_url })),
    open_time: details.hour,
    poi_id: poiId,
    status: isPassed ? PASSED : UNDER_WAY,
    qualification_num: details.credential,
    qualification_name: details.company_name ?? name,
  };
}
