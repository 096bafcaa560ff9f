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
    '网络不通，未作任何改动。请检查网络后重试。',
    'No connection. Look at your network, then try again.',
  ],
  unauthorized: [
    '没有成功：姓名、密码、动态码或通行密钥不正确，或登录已过期。',
    'That did not work: the name, the password, the code or the passkey is not right, or the session is over.',
  ],
  rate_limited: [
    '尝试次数过多，请 {seconds} 秒后再试；也可请「管理」角色的同事重新邀请。',
    'Too many tries. Wait {seconds} s; an operator with the role manage can send a new invitation.',
  ],
  timeout: [
    '超时，结果未知。请刷新看看是否已生效，再决定是否重试。',
    'No answer in time, so what became of it is unknown. Refresh, and see before you try again.',
  ],
  internal: [
    '服务出错，原因已记入日志，请联系开发者。',
    'The function failed. Its log says why: ask a developer.',
  ],
  invalid: ['填写的内容有误：\n{message}', '{message}'],
  not_found: ['找不到，可能已被删除或过期：\n{message}', '{message}'],
  conflict: ['与当前状态冲突：\n{message}', '{message}'],
  upstream: ['微信或数据库未能执行：\n{message}', '{message}'],
  draftKept: ['草稿已保存在本机', 'Draft kept in this browser'],
  done: ['完成', 'Done'],
  /** Between the items of a list. */
  and: ['、', ', '],
  missing: ['必填', 'Needed'],
  characters: ['{used} / {limit} 字', '{used} of {limit} characters'],
  overCharacters: ['{used} 字，微信最多 {limit} 字', '{used} characters, WeChat takes {limit}'],
  bytes: [
    '{used} / {limit} 字节（汉字占 3 字节）',
    '{used} of {limit} bytes (a Chinese character has 3)',
  ],
  overBytes: ['{used} 字节，微信最多 {limit} 字节', '{used} bytes, WeChat takes {limit}'],
  wrongFormat: ['微信在这里只接受 {formats}', 'WeChat takes {formats} here'],
  emptyFile: ['文件是空的', 'The file is empty'],
  tooLarge: ['{size}，微信最多 {limit}', '{size}, WeChat takes {limit}'],
  largerThanRequest: [
    '{size}，这里一次最多上传 {limit}；更大的文件请开发者用 material add 按网址或云存储上传',
    '{size}, this page sends {limit} at most; a developer brings in larger files by material add, from an address or the storage',
  ],
  sending: ['正在上传', 'Sending'],
  working: ['正在处理…', 'Working …'],
} as const);
