import { wordsOf } from '../../words.ts';

/** The words of the page of operators. */
export const w = wordsOf({
  mine: ['我的登录', 'Where I am signed in'],
  thisOne: ['当前', 'this one'],
  browser: ['浏览器', 'Browser'],
  method: ['方式', 'By'],
  passkey: ['通行密钥', 'passkey'],
  password: ['密码', 'password'],
  link: ['链接', 'link'],
  opened: ['登录时间', 'Since'],
  seen: ['最近使用', 'Last used'],
  end: ['下线', 'End'],
  ended: ['已下线', 'Ended'],
  actions: ['操作', 'Actions'],
  anotherWay: ['添加登录方式', 'Add a way to sign in'],
  anotherWayAbout: [
    '例如再加一台设备的通行密钥。需要刚刚登录过（十分钟内）。',
    'Such as a passkey on another device. You must have signed in within ten minutes.',
  ],
  forget: ['清除登录方式', 'Forget how to sign in'],
  forgetQuestion: [
    '清除 {name} 的通行密钥与密码并全部下线？例如手机丢失时；之后请重新邀请。',
    'Forget the passkeys and the password of {name}, and end all sessions? For a phone that was lost; invite anew afterwards.',
  ],
  everybody: ['所有运营人员', 'All operators'],
  name: ['姓名', 'Name'],
  role: ['角色', 'Role'],
  rolesAbout: [
    '查看：只读；编辑：菜单、素材、标签；发送：群发、发布、任务；管理：人员、客户端、审计。',
    'look: reads only; edit: menus, media, tags; send: broadcasts, publishing, jobs; manage: operators, clients, audit.',
  ],
  ways: ['登录方式', 'Signs in by'],
  none: ['尚未设置', 'nothing yet'],
  disabled: ['已停用', 'disabled'],
  disable: ['停用', 'Disable'],
  enable: ['启用', 'Enable'],
  disableQuestion: [
    '停用 {name}？其所有登录立即失效。',
    'Disable {name}? All sessions end at once.',
  ],
  signOutEverywhere: ['全部下线', 'End all sessions'],
  changed: ['已更改', 'Changed'],
  invite: ['邀请', 'Invite'],
  inviteAbout: [
    '生成一个三天内有效、只能用一次的链接，请用可信的渠道发给本人。对已有人员，可用来重设登录方式。',
    'Makes a link that is good once, for three days. Give it to the person by a channel that you trust. For somebody who is there, it sets up another way to sign in.',
  ],
  makeLink: ['生成邀请链接', 'Make a link'],
  linkFor: ['{name} 的邀请链接（只显示一次）', 'The link for {name} (shown once)'],
} as const);
