import { autoReply } from './auto-reply.ts';
import { blacklist } from './blacklist.ts';
import { callbackConfig } from './callback-config.ts';
import { card } from './card.ts';
import { comment } from './comment.ts';
import { customerService } from './customer-service.ts';
import { dataCube } from './data-cube.ts';
import { draft } from './draft.ts';
import type { Endpoint } from './endpoint.ts';
import { group } from './group.ts';
import { invoice } from './invoice.ts';
import { itemCode } from './item-code.ts';
import { massSend } from './mass-send.ts';
import { material } from './material.ts';
import { media } from './media.ts';
import { medical } from './medical.ts';
import { menu } from './menu.ts';
import { miniProgramStore } from './mini-program-store.ts';
import { network } from './network.ts';
import { nonTax } from './non-tax.ts';
import { oauth } from './oauth.ts';
import { ocr } from './ocr.ts';
import { openapi } from './openapi.ts';
import { picture } from './picture.ts';
import { product } from './product.ts';
import { publish } from './publish.ts';
import { publisher } from './publisher.ts';
import { qrcode } from './qrcode.ts';
import { qrcodeJump } from './qrcode-jump.ts';
import { shortKey } from './short-key.ts';
import { speech } from './speech.ts';
import { subscribe } from './subscribe.ts';
import { tag } from './tag.ts';
import { template } from './template.ts';
import { ticket } from './ticket.ts';
import { token } from './token.ts';
import { user } from './user.ts';

/** Every operation of the WeChat API that a Service Account has, as data: `catalogue[area][operation]`. */
export const catalogue = {
  token,
  ticket,
  network,
  openapi,
  menu,
  autoReply,
  customerService,
  massSend,
  card,
  template,
  subscribe,
  media,
  material,
  draft,
  publish,
  comment,
  user,
  tag,
  blacklist,
  group,
  qrcode,
  shortKey,
  oauth,
  dataCube,
  publisher,
  qrcodeJump,
  product,
  speech,
  ocr,
  picture,
  invoice,
  itemCode,
  miniProgramStore,
  nonTax,
  medical,
  callbackConfig,
} as const satisfies Record<string, Record<string, Endpoint>>;

export type Catalogue = typeof catalogue;
export type Area = keyof Catalogue;

/** Such as `menu.create`: a closed set, safe as a label of a metric. */
export type EndpointName = {
  [A in Area]: `${A}.${keyof Catalogue[A] & string}`;
}[Area];

type RowOf<Name extends EndpointName> = Name extends `${infer A extends Area}.${infer Operation}`
  ? Operation extends keyof Catalogue[A]
    ? Catalogue[A][Operation]
    : never
  : never;

/** Request and response of a row. */
export type TypesOf<Row> =
  Row extends Endpoint<infer Request, infer Response> ? [Request, Response] : never;

/** What the endpoint takes, in WeChat's spelling; `undefined` if nothing. */
export type RequestOf<Name extends EndpointName> = TypesOf<RowOf<Name>>[0];

/** What the endpoint answers when all went well, in WeChat's spelling. */
export type ResponseOf<Name extends EndpointName> = TypesOf<RowOf<Name>>[1];

export type * from './endpoint.ts';
