import type { Area } from '../../catalogue/index.ts';
import { autoReply } from './auto-reply.test-data.ts';
import { blacklist } from './blacklist.test-data.ts';
import { callbackConfig } from './callback-config.test-data.ts';
import { card } from './card.test-data.ts';
import { comment } from './comment.test-data.ts';
import { customerService } from './customer-service.test-data.ts';
import { dataCube } from './data-cube.test-data.ts';
import { draft } from './draft.test-data.ts';
import { group } from './group.test-data.ts';
import { invoice } from './invoice.test-data.ts';
import { itemCode } from './item-code.test-data.ts';
import { massSend } from './mass-send.test-data.ts';
import { material } from './material.test-data.ts';
import { media } from './media.test-data.ts';
import { medical } from './medical.test-data.ts';
import { menu } from './menu.test-data.ts';
import { miniProgramStore } from './mini-program-store.test-data.ts';
import { network } from './network.test-data.ts';
import { nonTax } from './non-tax.test-data.ts';
import { oauth } from './oauth.test-data.ts';
import { ocr } from './ocr.test-data.ts';
import { openapi } from './openapi.test-data.ts';
import { picture } from './picture.test-data.ts';
import { product } from './product.test-data.ts';
import { publish } from './publish.test-data.ts';
import { publisher } from './publisher.test-data.ts';
import { qrcode } from './qrcode.test-data.ts';
import { qrcodeJump } from './qrcode-jump.test-data.ts';
import { shortKey } from './short-key.test-data.ts';
import { speech } from './speech.test-data.ts';
import { subscribe } from './subscribe.test-data.ts';
import { tag } from './tag.test-data.ts';
import { template } from './template.test-data.ts';
import { ticket } from './ticket.test-data.ts';
import { token } from './token.test-data.ts';
import { user } from './user.test-data.ts';
import type { WireSamplesOf } from './wire-sample.test-data.ts';

/** A row of the catalogue without a sample of both directions does not compile. */
export const wireSamples: { readonly [A in Area]: WireSamplesOf<A> } = {
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
};
