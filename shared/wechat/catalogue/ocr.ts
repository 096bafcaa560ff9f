import { type Done, readFile } from './endpoint.ts';
import type { PictureCorners, PictureRequest, PictureSize } from './picture.ts';

/** A paper photographed, or scanned. */
export type PaperRequest = PictureRequest & { readonly type?: 'photo' | 'scan' };

/** `Front` has everything but `valid_date`, `Back` only that. */
export interface IdCard extends Done {
  readonly type: 'Front' | 'Back';
  readonly name?: string;
  readonly id?: string;
  readonly addr?: string;
  readonly gender?: string;
  readonly nationality?: string;
  readonly valid_date?: string;
}

/** WeChat's table of fields names `number`, its samples have `id`. */
export interface BankCard extends Done {
  readonly number?: string;
  readonly id?: string;
}

/** 行驶证. */
export interface VehicleLicence extends Done {
  readonly plate_num: string;
  readonly vehicle_type: string;
  readonly owner: string;
  readonly addr: string;
  readonly use_character: string;
  readonly model: string;
  readonly vin: string;
  readonly engine_num: string;
  readonly register_date: string;
  readonly issue_date: string;
  /** From here on only with the second page. */
  readonly plate_num_b?: string;
  readonly record?: string;
  readonly passengers_num?: string;
  readonly total_quality?: string;
  readonly prepare_quality?: string;
  readonly overall_size?: string;
  readonly card_position_front?: { readonly pos: PictureCorners };
  readonly card_position_back?: { readonly pos: PictureCorners };
  readonly img_size?: PictureSize;
}

/** 驾驶证. */
export interface DriverLicence extends Done {
  readonly id_num: string;
  readonly name: string;
  readonly sex: string;
  readonly nationality?: string;
  readonly address: string;
  readonly birth_date: string;
  readonly issue_date: string;
  readonly car_class: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly official_seal?: string;
}

/** Only what stands on the paper. */
export interface BusinessLicence extends Done {
  readonly reg_num?: string;
  readonly serial?: string;
  readonly legal_representative?: string;
  readonly enterprise_name?: string;
  readonly type_of_organization?: string;
  readonly address?: string;
  readonly type_of_enterprise?: string;
  readonly business_scope?: string;
  readonly registered_capital?: string;
  readonly paid_in_capital?: string;
  readonly valid_period?: string;
  readonly registered_date?: string;
  readonly cert_position?: { readonly pos: PictureCorners } | PictureCorners;
  readonly img_size?: PictureSize;
}

export interface PrintedText extends Done {
  readonly items: readonly { readonly text: string; readonly pos?: PictureCorners }[];
  readonly img_size?: PictureSize;
}

/** WeChat's table has an object here, its samples the same as JSON in a string. */
export interface DishMenu extends Done {
  readonly content:
    | string
    | { readonly menu_items: readonly { readonly name: string; readonly price: number }[] };
}

const paperFields = ['img_url', 'type'] as const;
const pictureFields = ['img_url'] as const;

export const ocr = {
  /**
   * Reads an identity card.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_idcardocr.html
   */
  readIdCard: readFile<PaperRequest, IdCard>('/cv/ocr/idcard', paperFields),
  /**
   * Reads a bank card.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_bankcardocr.html
   */
  readBankCard: readFile<PictureRequest, BankCard>('/cv/ocr/bankcard', pictureFields),
  /**
   * Reads the licence of a vehicle (行驶证).
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_drivingocr.html
   */
  readVehicleLicence: readFile<PaperRequest, VehicleLicence>('/cv/ocr/driving', paperFields),
  /**
   * Reads the licence of a driver (驾驶证).
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_drivinglicenseocr.html
   */
  readDriverLicence: readFile<PictureRequest, DriverLicence>(
    '/cv/ocr/drivinglicense',
    pictureFields,
  ),
  /**
   * Reads the licence of a business.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_bizlicenseocr.html
   */
  readBusinessLicence: readFile<PictureRequest, BusinessLicence>(
    '/cv/ocr/bizlicense',
    pictureFields,
  ),
  /**
   * Reads any printed text.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_commocr.html
   */
  readText: readFile<PictureRequest, PrintedText>('/cv/ocr/comm', pictureFields),
  /**
   * Reads the menu of a restaurant.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_menuocr.html
   */
  readDishMenu: readFile<PictureRequest, DishMenu>('/cv/ocr/menu', pictureFields),
} as const;
