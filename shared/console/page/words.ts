import { language } from './look/choices.ts';

type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;

/**
 * The words of a page, in Chinese and in English: `const t = wordsOf({ title: ['任务', 'Jobs'] })`, then
 * `t('title')`. `t('left', { count: 3 })` fills in `{count}`.
 */
export function wordsOf<const Table extends Words>(table: Table) {
  return (
    word: keyof Table & string,
    values: Readonly<Record<string, string | number>> = {},
  ): string => {
    const text = (table as Words)[word]?.[language.value === 'zh' ? 0 : 1] ?? word;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}

/** Words that many pages use. */
export const t = wordsOf({
  console: ['服务号运营台', 'Service Account console'],
  menu: ['导航', 'Navigation'],
  skip: ['跳到内容', 'Skip to the content'],
  signOut: ['退出登录', 'Sign out'],
  loading: ['加载中…', 'Loading …'],
  again: ['重试', 'Try again'],
  refresh: ['刷新', 'Refresh'],
  cancel: ['取消', 'Cancel'],
  confirm: ['确定', 'OK'],
  close: ['关闭', 'Close'],
  save: ['保存', 'Save'],
  copy: ['复制', 'Copy'],
  copied: ['已复制', 'Copied'],
  more: ['加载更多', 'Show more'],
  roleOfYours: ['你的角色', 'Your role'],
  look: ['查看', 'look'],
  edit: ['编辑', 'edit'],
  send: ['发送', 'send'],
  manage: ['管理', 'manage'],
  needsRole: ['需要「{role}」角色', 'Needs the role {role}'],
  network: [
    '网络不通，什么都没有改变。请检查网络后重试。',
    'No connection. Look at your network, then try again.',
  ],
  draftKept: ['草稿已保存在本机', 'Draft kept in this browser'],
  done: ['完成', 'Done'],
  working: ['正在处理…', 'Working …'],
} as const);
