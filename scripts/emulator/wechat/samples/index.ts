import type { Area } from '../../../../shared/wechat/catalogue/index.ts';
import { byName } from '../by-name.ts';
import { autoReply } from './auto-reply.ts';
import { blacklist } from './blacklist.ts';
import { callbackConfig } from './callback-config.ts';
import { card } from './card.ts';
import { comment } from './comment.ts';
import { customerService } from './customer-service.ts';
import { dataCube } from './data-cube.ts';
import { draft } from './draft.ts';
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
import type { Sample, SamplesOf } from './sample.ts';
import { shortKey } from './short-key.ts';
import { speech } from './speech.ts';
import { subscribe } from './subscribe.ts';
import { tag } from './tag.ts';
import { template } from './template.ts';
import { ticket } from './ticket.ts';
import { token } from './token.ts';
import { user } from './user.ts';

/** An area of the catalogue without its samples does not compile. */
const samples: { readonly [A in Area]: SamplesOf<A> } = {
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

/** One call of the endpoint of a name. */
export const sampleOf = byName<Sample>(samples);
