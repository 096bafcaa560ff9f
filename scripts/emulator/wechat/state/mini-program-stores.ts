import type {
  MapPlace,
  MapPlaceCreation,
  MerchantApplication,
  StoreAddition,
  StoreUpdate,
} from '../../../../shared/wechat/catalogue/mini-program-store.ts';
import type { EventMessage } from '../push/messages.ts';
import type { Agenda } from './agenda.ts';
import { HELPER_OPENID } from './announcements.ts';
import type { Storage } from './storage.ts';

/** An audit takes a while. */
const AUDIT_MS = 60_000;

/** 3 passed, 2 refused. */
export interface AuditOutcome {
  readonly status: 2 | 3;
  readonly reason: string;
}

interface Audit {
  readonly id: number;
  readonly of: 'merchant' | 'place' | 'store' | 'change';
  /** The id of a place or store. */
  readonly subject: string;
  readonly outcome?: AuditOutcome;
}

export interface StoreRecord {
  readonly poiId: string;
  readonly details: StoreAddition;
  readonly isPassed: boolean;
}

interface Merchant {
  readonly application: MerchantApplication;
  readonly auditId: number;
  readonly isPassed: boolean;
}

const firstPlaces: readonly MapPlace[] = [
  {
    branch_name: '样例茶馆',
    address: '广东省广州市海珠区新港中路397号',
    longitude: 113.32375,
    latitude: 23.09701,
    telephone: '020-00000000',
    category: '美食:中餐厅',
    sosomap_poi_uid: '5938314494307741153',
  },
];

/** The account's mini-program of stores: the merchant, the map, the stores, and their audits. */
export function createMiniProgramStores(storage: Storage, agenda: Agenda) {
  const section = storage.section('mini-program-stores', () => ({
    merchant: undefined as Merchant | undefined,
    places: [...firstPlaces],
    stores: [] as StoreRecord[],
    audits: [] as Audit[],
    nextOutcome: undefined as AuditOutcome | undefined,
    lastId: 400_000_000,
  }));
  agenda.handle('store-audit', finish);

  return {
    merchant: () => section.read().merchant,
    places: (): readonly MapPlace[] => section.read().places,
    stores: (): readonly StoreRecord[] => section.read().stores,
    find: (poiId: string) => section.read().stores.find((store) => store.poiId === poiId),
    outcomeOf: (auditId: number) => section.read().audits.find(({ id }) => id === auditId)?.outcome,
    /** How the next audit ends, which passes otherwise. */
    setNextOutcome(outcome: AuditOutcome): void {
      section.update((state) => {
        state.nextOutcome = outcome;
      });
    },

    apply(application: MerchantApplication): number {
      const auditId = audit('merchant', '');
      section.update((state) => {
        state.merchant = { application, auditId, isPassed: false };
      });
      return auditId;
    },
    updateMerchant(fields: Partial<MerchantApplication>): void {
      section.update((state) => {
        if (!state.merchant) return;
        const application = { ...state.merchant.application, ...fields };
        state.merchant = { ...state.merchant, application };
      });
    },
    createPlace(place: MapPlaceCreation): number {
      return audit('place', JSON.stringify(place));
    },
    add(details: StoreAddition): number {
      const poiId = String(nextId());
      section.update(({ stores }) => stores.push({ poiId, details, isPassed: false }));
      return audit('store', poiId);
    },
    change({ poiId }: StoreRecord, { poi_id: _, map_poi_id: __, ...fields }: StoreUpdate): void {
      section.update((state) => {
        state.stores = state.stores.map((store) =>
          store.poiId === poiId ? { ...store, details: { ...store.details, ...fields } } : store,
        );
      });
    },
    auditChange: ({ poiId }: StoreRecord) => audit('change', poiId),
    delete(poiId: string): void {
      section.update((state) => {
        state.stores = state.stores.filter((store) => store.poiId !== poiId);
      });
    },
  };

  function nextId(): number {
    return section.update((state) => {
      state.lastId += 1;
      return state.lastId;
    });
  }

  function audit(of: Audit['of'], subject: string): number {
    const id = nextId();
    section.update(({ audits }) => audits.push({ id, of, subject }));
    agenda.plan('store-audit', String(id), AUDIT_MS);
    return id;
  }

  function finish(auditId: string): EventMessage | undefined {
    const found = section.read().audits.find(({ id }) => String(id) === auditId);
    if (!found || found.outcome) return undefined;
    const outcome = section.read().nextOutcome ?? { status: 3, reason: '' };
    section.update((state) => {
      state.nextOutcome = undefined;
      state.audits = state.audits.map((each) => (each === found ? { ...each, outcome } : each));
    });
    return eventOf(found, outcome, settle(found, outcome.status === 3));
  }

  /** What the outcome changes; gives what the event tells besides. */
  function settle(
    { of, subject }: Audit,
    isPassed: boolean,
  ): Readonly<Record<string, string | number>> {
    if (of === 'merchant') {
      section.update((state) => {
        if (state.merchant) state.merchant = { ...state.merchant, isPassed };
      });
      return {};
    }
    if (of === 'change') return {};
    if (of === 'store') {
      section.update((state) => {
        state.stores = state.stores.map((store) =>
          store.poiId === subject ? { ...store, isPassed } : store,
        );
      });
      return { poi_id: subject };
    }
    const { name, address, longitude, latitude, telephone, category } = JSON.parse(
      subject,
    ) as MapPlaceCreation;
    const uid = isPassed ? String(nextId()) : '';
    const [lng, lat] = [Number(longitude), Number(latitude)];
    if (isPassed) {
      const place = {
        branch_name: name,
        address,
        longitude: lng,
        latitude: lat,
        telephone,
        category,
      };
      section.update(({ places }) => places.push({ ...place, sosomap_poi_uid: uid }));
    }
    return { map_poi_id: uid, name, address, latitude: lat, longitude: lng, sh_remark: '' };
  }
}

const eventNames = {
  merchant: 'apply_merchant_audit_info',
  place: 'create_map_poi_audit_info',
  store: 'add_store_audit_info',
  change: 'modify_store_audit_info',
} as const;

function eventOf(
  { id, of }: Audit,
  { status, reason }: AuditOutcome,
  more: Readonly<Record<string, string | number>>,
): EventMessage {
  const Event = eventNames[of];
  return { openid: HELPER_OPENID, type: 'event', Event, audit_id: id, status, reason, ...more };
}

export type MiniProgramStores = ReturnType<typeof createMiniProgramStores>;
