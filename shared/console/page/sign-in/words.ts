import { wordsOf } from '../words.ts';

/** The words of signing in. */
export const s = wordsOf({
  signIn: ['登录', 'Sign in'],
  byPasskey: ['用通行密钥登录', 'Sign in with a passkey'],
  byPassword: ['用密码登录', 'Sign in with a password'],
  or: ['或', 'or'],
  name: ['姓名', 'Name'],
  password: ['密码', 'Password'],
  passwordHint: ['至少 10 个字符', '10 characters at least'],
  code: ['动态码', 'One-time code'],
  codeHint: ['验证器中显示的 6 位数字', 'The 6 digits that your authenticator app shows'],
  noAccount: [
    '还没有账号？请拥有「管理」角色的同事发送邀请；第一位由开发者用 npm run invoke -- console invite 创建。',
    'No account yet? Ask a colleague with the role manage for an invitation. The first one is made by a developer: npm run invoke -- console invite',
  ],
  noPasskeys: [
    '此浏览器或此地址不支持通行密钥，请使用密码与动态码。',
    'This browser or this address has no passkeys: use a password and one-time codes.',
  ],
  welcome: ['{name}，欢迎', 'Welcome, {name}'],
  invitedAs: [
    '你受邀以「{role}」角色使用运营台。请选择登录方式：',
    'You are invited with the role {role}. Choose how you will sign in:',
  ],
  makePasskey: ['创建通行密钥（推荐）', 'Make a passkey (recommended)'],
  passkeyAbout: [
    '用指纹、面容或设备密码登录，无需记忆，也无法被钓鱼网站骗走。',
    'Sign in by finger, face or the code of your device: nothing to remember, and no false site can take it.',
  ],
  makePassword: ['改用密码与动态码', 'Use a password and one-time codes'],
  scan: [
    '用验证器 App（如腾讯身份验证器、Microsoft Authenticator）扫描，然后输入显示的动态码。',
    'Scan this with an authenticator app, then type the code that it shows.',
  ],
  keyByHand: ['无法扫描？手动输入密钥', 'Cannot scan? Type the key'],
  finish: ['完成设置', 'Finish'],
  linkOver: [
    '链接已失效：每个链接只能用一次，三天内有效。请让邀请你的人重新发送。',
    'This link is over: each is good once and for three days. Ask for a new one.',
  ],
  comingIn: ['正在登录…', 'Signing in …'],
  toSignIn: ['去登录', 'Sign in another way'],
  sessionOver: ['登录已过期', 'Your session is over'],
  sessionOverAbout: [
    '重新登录后即可继续，已填写的内容都还在。',
    'Sign in again and go on: everything that you typed is still there.',
  ],
} as const);
