import { appliedFor, send } from './endpoint.ts';

/** Where a tap on the message leads: a page of the web, or of a mini-program. */
export interface MedicalPage {
  /** `web` or `mini_program` by WeChat's table for the status. */
  readonly page_type: string;
  readonly url?: string;
  readonly app_id?: string;
  readonly fullpath?: string;
}

export interface MedicalMessage {
  /** Of the treatment, by WeChat's table; it decides what `business_info` must hold. */
  readonly status: number;
  readonly open_id: string;
  /** The same through one treatment. */
  readonly order_id: string;
  /** Another one for each message of an order. */
  readonly msg_id: string;
  readonly app_id: string;
  /** 150 for the medical assistant. */
  readonly business_id: number;
  readonly business_info: {
    readonly redirect_page?: MedicalPage;
    readonly elder_redirect_page?: MedicalPage;
    readonly [field: string]: unknown;
  };
}

export const medical = appliedFor('微信就医助手', {
  /**
   * A message of the medical assistant (微信就医助手).
   *
   * @see https://developers.weixin.qq.com/doc/offiaccount/medicalassistant.html
   */
  send: send<MedicalMessage>('/cityservice/sendchannelmsg', {
    // WeChat takes one message of an order only once.
    repeat: { keyedBy: 'msg_id' },
  }),
} as const);
