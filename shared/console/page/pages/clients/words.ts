import { wordsOf } from '../../words.ts';

/** The words of the page of clients. */
export const w = wordsOf({
  about: [
    '通过 API 代理调用微信的业务系统：各有密钥、权限、频率与每日预算，不接触 AppSecret。',
    'Systems that call WeChat through the API proxy: each has a key, rights, a rate and a daily budget, and never the AppSecret.',
  ],
  none: ['还没有客户端', 'No clients yet'],
  noneAbout: [
    '添加第一个后，把密钥交给业务系统，它就可以通过代理调用微信接口。',
    'Add the first one and give its secret to the system: it can then call WeChat through the proxy.',
  ],
  id: ['名称', 'Name'],
  allow: ['权限', 'May call'],
  rate: ['频率', 'Rate'],
  rateOf: ['每秒 {perSecond} 次，突发 {burst} 次', '{perSecond} a second, {burst} at once'],
  usage: ['今日用量', 'Used today'],
  nothingUsed: ['今天还没有调用', 'Nothing today'],
  usedOf: ['{used} / {perDay}', '{used} of {perDay}'],
  actions: ['操作', 'Actions'],
  enabled: ['启用中', 'enabled'],
  disabled: ['已停用', 'disabled'],
  expired: ['已到期', 'expired'],
  rotate: ['更换密钥', 'New secret'],
  rotateQuestion: [
    '为 {id} 生成新密钥？旧密钥还能用一天，请在此期间完成替换。',
    'Make a new secret for {id}? The old one is good for another day: change it in the system until then.',
  ],
  disable: ['停用', 'Disable'],
  enable: ['启用', 'Enable'],
  disableQuestion: [
    '停用 {id}？它的调用会立即被拒绝。',
    'Disable {id}? Its calls are refused at once.',
  ],
  add: ['添加客户端', 'Add a client'],
  idHint: ['2 到 32 个小写字母、数字或 -', '2 to 32 of a-z, 0-9 and -'],
  patterns: ['可调用的接口，每行一个', 'What it may call, one a line'],
  patternsHint: ['如 menu.*、*:read、template.send', 'such as menu.*, *:read, template.send'],
  perDay: ['每日总次数（可选）', 'Calls a day in all (optional)'],
  note: ['备注（可选）', 'Note (optional)'],
  secretOf: ['{id} 的密钥（只显示一次）', 'The secret of {id} (shown once)'],
  secretAbout: [
    '请现在复制并妥善交给业务系统；关闭后无法再次查看，只能更换。',
    'Copy it now and hand it over safely. Once this is closed it cannot be seen again, only replaced.',
  ],
} as const);
