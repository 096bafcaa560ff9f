/** What a follower says and reads of a dialog besides its questions. */
export interface DialogWords {
  /** End the dialog. */
  readonly cancel: readonly string[];
  /** Go back to the question before. */
  readonly back: readonly string[];
  /** The answer to a word that ends it. */
  readonly cancelled: string;
}

export type DialogLanguage = 'zh' | 'en';

export const dialogWords: Readonly<Record<DialogLanguage, DialogWords>> = {
  zh: { cancel: ['取消', 'cancel'], back: ['返回', '上一步', 'back'], cancelled: '已取消。' },
  en: { cancel: ['cancel', '取消'], back: ['back', '返回'], cancelled: 'Cancelled.' },
};
