import { ApiError } from '../errors/errors.ts';
import { type JsonObject, textIn } from '../http/call.ts';
import type { InvoiceTemplateRecord } from '../state/invoices.ts';
import type { World } from '../world.ts';
import { objectIn, requiredInteger, requiredText } from './fields.ts';

/** Checks an invoice, or an electronic bill, and puts it into the cards of whoever asked for it. */
export function insertInvoice(
  { invoices, followers }: World,
  body: JsonObject,
  kind: InvoiceTemplateRecord['kind'],
) {
  const orderId = requiredText(body, 'order_id', 41011);
  const cardId = requiredText(body, 'card_id', 41011);
  requiredText(body, 'appid', 41002);
  const card = objectIn(objectIn(body.card_ext).user_card);
  const { s_pdf_media_id: pdf, s_trip_pdf_media_id: _, ...face } = objectIn(card.invoice_user_data);
  requiredInteger(face, 'fee');
  // WeChat's own sample writes a text.
  if (!/^\d+$/.test(String(face.billing_time ?? ''))) throw new ApiError(41011);
  for (const name of ['title', 'billing_no']) requiredText(face, name, 41011);

  const template = invoices.findTemplate(cardId);
  if (!template) throw new ApiError(40073);
  if (template.kind !== kind) throw new ApiError(40078);
  const wish = invoices.findWish(orderId);
  if (wish?.isRefused) throw new ApiError(72035);
  if (!wish?.openid) throw new ApiError(72038);
  if (typeof pdf !== 'string' || !invoices.hasPdf(pdf)) throw new ApiError(72040);
  const isKnown = invoices
    .list()
    .some(
      (each) =>
        each.face.billing_no === face.billing_no &&
        (each.face.billing_code ?? '') === textIn(face, 'billing_code'),
    );
  if (wish.code !== undefined || isKnown) throw new ApiError(72042);

  const { openid } = wish;
  const invoice = invoices.add({ cardId, openid, orderId, pdfId: pdf, face });
  invoices.changeWish(wish, { code: invoice.code });
  const unionid = followers.record(openid)?.unionid;
  return { code: invoice.code, openid, ...(unionid ? { unionid } : {}) };
}
