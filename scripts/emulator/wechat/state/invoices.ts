import type {
  InvoiceInsertion,
  InvoiceSettings,
  ReimburseStatus,
} from '../../../../shared/wechat/catalogue/invoice.ts';
import type { EventMessage } from '../push/messages.ts';
import type { Agenda } from './agenda.ts';
import { secondsOf } from './calendar.ts';
import { randomId } from './random-id.ts';
import type { Blobs, Storage } from './storage.ts';

const PDF_LIFE_MS = 3 * 86_400_000;

type Settings = Omit<InvoiceSettings, 'errcode' | 'errmsg'>;

/** Somebody's wish for an invoice, from the page on which it was asked for. */
export interface InvoiceWish {
  readonly platform: string;
  readonly orderId: string;
  readonly openid?: string;
  /** Seconds since the epoch. */
  readonly authorizedAt?: number;
  readonly isRefused?: boolean;
  /** The invoice that was made. */
  readonly code?: string;
}

export interface InvoiceTemplateRecord {
  readonly cardId: string;
  readonly kind: 'invoice' | 'bill';
  readonly payee: string;
  readonly type: string;
}

export type InvoiceFace = Omit<
  InvoiceInsertion['card_ext']['user_card']['invoice_user_data'],
  's_pdf_media_id' | 's_trip_pdf_media_id'
>;

export interface InvoiceRecord {
  readonly cardId: string;
  readonly code: string;
  readonly encryptCode: string;
  readonly openid: string;
  readonly orderId: string;
  readonly pdfId: string;
  readonly face: Partial<InvoiceFace>;
  readonly status: ReimburseStatus;
  /** Seconds since the epoch. */
  readonly insertedAt: number;
}

/** Invoices and electronic bills: who asked for them, what they look like, where they lie. */
export function createInvoices(
  storage: Storage,
  options: { now: () => number; agenda: Agenda; files: Blobs; noticeTakesMs: number },
) {
  const { now, agenda, files, noticeTakesMs } = options;
  const section = storage.section('invoices', () => ({
    settings: {} as Settings,
    wishes: [] as InvoiceWish[],
    templates: [] as InvoiceTemplateRecord[],
    /** When each was uploaded, in milliseconds since the epoch. */
    pdfs: {} as Record<string, number>,
    invoices: [] as InvoiceRecord[],
  }));
  agenda.handle('invoice-status', announce);
  const find = (cardId: string, code: string) =>
    section
      .read()
      .invoices.find(
        (each) => each.cardId === cardId && [each.code, each.encryptCode].includes(code),
      );

  return {
    settings: (): Settings => section.read().settings,
    set(settings: Settings): void {
      section.update((state) => {
        state.settings = { ...state.settings, ...settings };
      });
    },

    findWish: (orderId: string, platform?: string) =>
      section
        .read()
        .wishes.find(
          (wish) =>
            wish.orderId === orderId && (platform === undefined || wish.platform === platform),
        ),
    addWish(platform: string, orderId: string): void {
      section.update(({ wishes }) => wishes.push({ platform, orderId }));
    },
    changeWish(wish: InvoiceWish, fields: Partial<InvoiceWish>): void {
      section.update((state) => {
        state.wishes = state.wishes.map((each) =>
          each.orderId === wish.orderId && each.platform === wish.platform
            ? { ...each, ...fields }
            : each,
        );
      });
    },

    addTemplate(template: Omit<InvoiceTemplateRecord, 'cardId'>): string {
      const cardId = `p${randomId(27)}`;
      section.update(({ templates }) => templates.push({ cardId, ...template }));
      return cardId;
    },
    findTemplate: (cardId: string) =>
      section.read().templates.find((template) => template.cardId === cardId),

    addPdf(bytes: Uint8Array): string {
      const id = randomId(32);
      files.put(id, bytes);
      section.update(({ pdfs }) => {
        pdfs[id] = now();
      });
      return id;
    },
    /** For three days, or as long as an invoice needs it. */
    hasPdf(id: string): boolean {
      const { pdfs, invoices } = section.read();
      const addedAt = Object.hasOwn(pdfs, id) ? pdfs[id] : undefined;
      if (addedAt === undefined) return false;
      return now() < addedAt + PDF_LIFE_MS || invoices.some(({ pdfId }) => pdfId === id);
    },

    add(invoice: Omit<InvoiceRecord, 'code' | 'encryptCode' | 'status' | 'insertedAt'>) {
      const fresh: InvoiceRecord = {
        ...invoice,
        code: randomId(12),
        encryptCode: randomId(44),
        status: 'INVOICE_REIMBURSE_INIT',
        insertedAt: secondsOf(now()),
      };
      section.update(({ invoices }) => invoices.push(fresh));
      return fresh;
    },
    find,
    list: (): readonly InvoiceRecord[] => section.read().invoices,
    /** All of them; the platform hears of each. */
    setStatus(chosen: readonly InvoiceRecord[], status: ReimburseStatus): void {
      const codes = new Set(chosen.map(({ code }) => code));
      section.update((state) => {
        state.invoices = state.invoices.map((each) =>
          codes.has(each.code) ? { ...each, status } : each,
        );
      });
      for (const { code } of chosen) agenda.plan('invoice-status', code, noticeTakesMs);
    },
  };

  function announce(code: string): EventMessage | undefined {
    const invoice = section.read().invoices.find((each) => each.code === code);
    if (!invoice) return undefined;
    const { openid, cardId, status } = invoice;
    const fields = { Status: status, CardId: cardId, Code: code };
    return { openid, type: 'event', Event: 'update_invoice_status', ...fields };
  }
}

export type Invoices = ReturnType<typeof createInvoices>;
