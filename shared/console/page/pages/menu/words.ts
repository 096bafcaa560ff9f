import { wordsOf } from '../../words.ts';

export const w = wordsOf({
  about: [
    '在手机上点选一个按钮，在旁边修改；发布前先与线上对比。关注者进入聊天时，若上次读取菜单已过 5 分钟，就会看到新菜单。',
    'Choose a button on the phone and change it beside. Compare with what is live before you publish. A follower who enters the chat sees the new menu if WeChat has last read it more than five minutes ago.',
  ],
  none: ['还没有菜单', 'No menu yet'],
  noneAbout: [
    '菜单在聊天窗口底部：最多 3 个按钮，每个可以直接做一件事，或展开最多 5 个子按钮。点手机上的「+」添加第一个。',
    'The menu stands below the chat: up to 3 buttons, each of which does something or opens up to 5 others. Press + on the phone to add the first.',
  ],
  ofSite: [
    '线上菜单是在 mp.weixin.qq.com 制作的，已带到这里。微信接口不支持的按钮要改为其他类型后才能发布。',
    'The live menu was made on mp.weixin.qq.com, and was brought here. Buttons that the API cannot make need another type before you can publish.',
  ],
  phone: ['手机预览', 'Phone'],
  add: ['添加按钮', 'Add a button'],
  addBelow: ['添加子按钮', 'Add a button to the list'],
  unnamed: ['未命名', 'No name'],
  choose: ['在手机上点选一个按钮来修改。', 'Choose a button on the phone to change it.'],
  button: ['按钮', 'Button'],
  name: ['名称', 'Name'],
  bytes: [
    '{used} / {limit} 字节（汉字占 3 字节）',
    '{used} of {limit} bytes (a Chinese character has 3)',
  ],
  overBytes: ['{used} 字节，微信最多 {limit} 字节', '{used} bytes, WeChat takes {limit}'],
  missing: ['必填', 'Needed'],
  noLink: ['要以 http:// 或 https:// 开头', 'Must begin with http:// or https://'],
  noAppid: ['应为 wx 加 16 位小写字母或数字', 'Must be wx and 16 lower-case letters or digits'],
  type: ['点击后', 'When tapped'],
  listHint: ['最多 5 个子按钮，在手机上点「+」添加。', 'Up to 5 buttons: press + on the phone.'],
  moveLeft: ['左移', 'Move left'],
  moveRight: ['右移', 'Move right'],
  moveUp: ['上移', 'Move up'],
  moveDown: ['下移', 'Move down'],
  remove: ['删除按钮', 'Remove'],
  removeList: [
    '它下面的 {count} 个子按钮会一起从草稿中删除。确定删除？',
    'The {count} buttons below it leave the draft with it. Remove?',
  ],
  keys: [
    '键盘：选中后按 Alt 加方向键移动。',
    'Keyboard: Alt and an arrow key move the chosen button.',
  ],
  changes: ['与线上的差别', 'What differs from what is live'],
  unchanged: ['与线上完全相同，无需发布。', 'The same as what is live: nothing to publish.'],
  noDraft: ['没有改动。', 'Nothing was changed.'],
  compare: ['与线上对比', 'Compare with live'],
  publish: ['发布', 'Publish'],
  publishQuestion: [
    '发布后，线上菜单立即替换为这份草稿，对所有关注者生效。确定发布？',
    'The draft replaces the live menu for all followers. Publish?',
  ],
  published: ['已发布', 'Published'],
  liveChanged: [
    '上次对比之后，线上菜单变了。请先看新的差别，再发布。',
    'The live menu has changed since you last compared. Look at what differs now before you publish.',
  ],
  throwAway: ['放弃草稿', 'Throw the draft away'],
  throwAwayQuestion: [
    '草稿中的改动会丢失，回到线上菜单。确定放弃？',
    'The changes of the draft are lost, and the live menu is shown. Throw it away?',
  ],
  compareFirst: [
    '先与线上对比，看清改动后再发布。',
    'Compare with what is live, then publish what you have seen.',
  ],
  conditional: ['个性化菜单', 'Conditional menus'],
  conditionalAbout: [
    '符合条件的关注者看到的是下面的菜单，而不是上面的默认菜单；多个都符合时，看到最后创建的。',
    'Followers who meet a rule see its menu in place of the one above; a follower who meets several sees the newest.',
  ],
  who: ['谁会看到', 'Who sees it'],
  nobody: [
    '没有人：条件 {fields} 已被微信停用',
    'No follower: WeChat has withdrawn the condition {fields}',
  ],
  seen: ['按钮', 'Buttons'],
  tagged: ['标签「{tag}」', 'tag "{tag}"'],
  change: ['改动', 'Change'],
  where: ['按钮', 'Button'],
  what: ['内容', 'What'],
  added: ['新增', 'Added'],
  removed: ['删除', 'Removed'],
  moved: ['移动', 'Moved'],
  changed: ['修改', 'Changed'],
  place: ['第 {first} 个', 'no. {first}'],
  placeBelow: ['第 {first} 个的第 {second} 项', 'no. {first}, item {second}'],
  from: ['原来在{place}', 'was {place}'],
} as const);

type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;

const types: Words = {
  list: ['展开子菜单', 'Opens a list'],
  click: ['推送点击事件，由程序回复', 'Asks the program for an answer (click)'],
  view: ['打开网页', 'Opens a web page'],
  miniprogram: ['打开小程序', 'Opens a mini program'],
  scancode_push: ['扫码，微信显示结果', 'Scans a code; WeChat shows it'],
  scancode_waitmsg: ['扫码，等待程序回复', 'Scans a code; the program answers'],
  pic_sysphoto: ['拍照发图', 'Takes a photo'],
  pic_photo_or_album: ['拍照或从相册选图', 'Photo or album'],
  pic_weixin: ['从微信相册选图', 'From the album of WeChat'],
  location_select: ['发送位置', 'Sends a place'],
  media_id: ['发送素材', 'Sends a material'],
  view_limited: ['打开图文素材', 'Opens an article material'],
  article_id: ['发送已发布的文章卡片', 'Sends a published article'],
  article_view_limited: ['打开已发布的文章', 'Opens a published article'],
  other: ['「{type}」：接口不支持，请改选', '"{type}": the API cannot make it, choose another'],
};

const fields: Words = {
  name: ['名称', 'Name'],
  type: ['类型', 'Type'],
  key: ['事件 key', 'Event key'],
  url: ['网址', 'Address'],
  appid: ['小程序 AppID', 'AppID of the mini program'],
  pagepath: ['小程序页面路径', 'Page of the mini program'],
  media_id: ['永久素材 media_id', 'media_id of permanent material'],
  article_id: ['文章 article_id', 'article_id'],
};

const platforms: Words = {
  1: ['iOS', 'iOS'],
  2: ['Android', 'Android'],
  3: ['其他系统', 'other systems'],
};

/** What a button does, by its type. */
export const typeWord = wordsOf(types);

/** `client_platform_type` of a rule. */
export const platformWord = wordsOf(platforms);

/** A field of a button as people call it. */
export const fieldWord = wordsOf(fields);
