import { wordsOf } from '../../words.ts';

export const w = wordsOf({
  views: ['查看', 'Views'],
  default: ['默认菜单', 'Default menu'],
  conditional: ['个性化菜单', 'Conditional menus'],
  versions: ['历史版本', 'Versions'],
  defaultAbout: [
    '在手机上点选一个按钮，在旁边修改；按住拖动可以换位置。发布前先与线上对比。关注者进入聊天时，若上次读取菜单已过 5 分钟，就会看到新菜单。',
    'Choose a button on the phone and change it beside; drag it to move it. Compare with what is live before you publish. A follower who enters the chat sees the new menu if WeChat has last read it more than five minutes ago.',
  ],
  conditionalAbout: [
    '符合条件的关注者看到这里的菜单，而不是默认菜单；多个都符合时，看到最新的。修改过的菜单会成为最新的一个。',
    'Followers who meet a rule see its menu in place of the default one; a follower who meets several sees the newest. A menu that was changed becomes the newest.',
  ],
  versionsAbout: [
    '保留最近 50 个版本：每次发布的菜单，以及被替换掉的、在别处制作的菜单。恢复就是重新发布，也会成为一个新版本。',
    'The last 50 are kept: each menu that was published, and those made elsewhere that a publication replaced. To restore one is to publish it again, as a new version.',
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
  counts: ['按钮 {used} / {limit}', '{used} of {limit} buttons'],
  countsBelow: ['子按钮 {used} / {limit}', '{used} of {limit} in the list'],
  movedTo: ['「{name}」已移到{place}', '"{name}" is {place} now'],
  cut: ['手机上只显示约 {shown} 个汉字', 'phones show about {shown} Chinese characters'],
  add: ['添加按钮', 'Add a button'],
  addBelow: ['添加子按钮', 'Add a button to the list'],
  unnamed: ['未命名', 'No name'],
  choose: ['在手机上点选一个按钮来修改。', 'Choose a button on the phone to change it.'],
  button: ['按钮', 'Button'],
  name: ['名称', 'Name'],
  noLink: ['要以 http:// 或 https:// 开头', 'Must begin with http:// or https://'],
  noAppid: ['应为 wx 加 16 位小写字母或数字', 'Must be wx and 16 lower-case letters or digits'],
  type: ['点击后', 'When tapped'],
  listHint: ['最多 5 个子按钮，在手机上点「+」添加。', 'Up to 5 buttons: press + on the phone.'],
  moveLeft: ['左移', 'Move left'],
  moveRight: ['右移', 'Move right'],
  moveUp: ['上移', 'Move up'],
  moveDown: ['下移', 'Move down'],
  intoList: ['移入「{name}」', 'Move into "{name}"'],
  toBar: ['移到底部菜单', 'Move to the bar'],
  remove: ['删除按钮', 'Remove'],
  removeList: [
    '它下面的 {count} 个子按钮会一起从草稿中删除。确定删除？',
    'The {count} buttons below it leave the draft with it. Remove?',
  ],
  keys: [
    '拖动，或选中后按 Alt 加方向键移动：左右键移到旁边，子按钮则移到旁边的子菜单；上键移入子菜单，最后一个子按钮再按下键回到底部。',
    'Drag the chosen button, or press Alt and an arrow key: left and right move it along the bar, and one of a list into the next list; up moves it into a list, and down from the end of a list to the bar.',
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
  publishedNotKept: [
    '已发布，但没能存为历史版本；原因已记入日志。',
    'Published, but it could not be kept as a version; the log says why.',
  ],
  takeDown: ['停用菜单', 'Take the menu down'],
  takeDownQuestion: [
    '默认菜单和全部个性化菜单都会删除，关注者看不到任何菜单；之后可在「历史版本」中恢复。确定停用？',
    'The default menu and all conditional menus are deleted, and followers see none. They can be restored under "Versions". Take it down?',
  ],
  takenDown: ['菜单已停用', 'The menu was taken down'],
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
  who: ['谁会看到', 'Who sees it'],
  acts: ['操作', 'Acts'],
  noConditional: ['还没有个性化菜单', 'No conditional menus'],
  noConditionalAbout: [
    '让一部分关注者看到另一份菜单：按标签、按手机系统，或两者都符合。',
    'Show another menu to some followers: those with a tag, on a platform, or both.',
  ],
  defaultFirst: [
    '先发布默认菜单：微信要求先有默认菜单，才能创建个性化菜单。',
    'Publish a default menu first: WeChat takes conditional menus only beside one.',
  ],
  newConditional: ['新建个性化菜单', 'New conditional menu'],
  changeIt: ['修改', 'Change'],
  changeOf: ['修改：{who}', 'Change: {who}'],
  removeIt: ['删除', 'Delete'],
  removeOf: ['删除：{who}', 'Delete: {who}'],
  removeConditionalQuestion: [
    '符合「{who}」的关注者会改看其他菜单；之后可在「历史版本」中恢复。确定删除？',
    'Followers with {who} see another menu then. It can be restored under "Versions". Delete it?',
  ],
  deleted: ['已删除', 'Deleted'],
  gone: [
    '线上已没有这份菜单，可能已被同事修改或删除。请放弃草稿，或从「历史版本」取用。',
    'This menu is no longer live: somebody has changed or deleted it. Throw the draft away, or take one of the versions.',
  ],
  ruleTag: ['标签', 'Tag'],
  rulePlatform: ['手机系统', 'Platform'],
  ruleHint: ['两项都选时，须同时符合', 'Of two conditions both must be met'],
  ruleEmpty: ['至少选一项', 'Choose at least one'],
  anyTag: ['不限', 'any'],
  anyPlatform: ['不限', 'any'],
  domains: [
    '全部个性化菜单的网页域名：{used} / {limit} {domains}',
    'Domains in all conditional menus: {used} of {limit} {domains}',
  ],
  otherRule: ['看到的人会变：{before} → {after}', 'Other followers see it: {before} → {after}'],
  publishConditionalQuestion: [
    '发布后，符合「{who}」的关注者会看到这份菜单。确定发布？',
    'Followers with {who} will see this menu. Publish?',
  ],
  tryMatch: ['谁会看到哪份菜单', 'Who sees which menu'],
  tryMatchAbout: [
    '输入某位关注者的 openid 或微信号，由微信告诉你他看到的是哪份菜单。只看线上的菜单，不看草稿。',
    'WeChat tells which menu a follower sees, by openid or WeChat ID. It knows the live menus, not the draft.',
  ],
  user: ['openid 或微信号', 'openid or WeChat ID'],
  ask: ['查看', 'Ask WeChat'],
  sees: ['{user} 看到：{menu}', '{user} sees {menu}'],
  theDefault: ['默认菜单', 'the default menu'],
  theConditional: ['个性化菜单（{who}）', 'the conditional menu for {who}'],
  another: [
    '另一份菜单，刚刚可能有人修改过',
    'another menu: somebody may have changed it just now',
  ],
  chooseContent: ['从已有内容中选择', 'Choose from what you have'],
  newestContent: ['选择…', 'Choose …'],
  noContent: ['还没有可选的内容。', 'There is nothing to choose from yet.'],
  image: ['图片', 'Picture'],
  voice: ['语音', 'Voice'],
  video: ['视频', 'Video'],
  when: ['时间', 'When'],
  byWhom: ['发布人', 'By whom'],
  byInvocation: ['开发者（命令行）', 'developer (by invocation)'],
  foundLive: ['在别处制作，替换时保存', 'made elsewhere, kept when it was replaced'],
  seenBy: ['谁看到', 'Seen by'],
  everybody: ['所有人', 'everybody'],
  isLive: ['线上', 'live'],
  lookAt: ['查看', 'Look'],
  lookAtOf: ['查看 {version}', 'Look at {version}'],
  noVersions: ['还没有历史版本', 'No versions yet'],
  noVersionsAbout: [
    '从现在起，每次发布的菜单都会保存在这里，随时可以恢复。',
    'From now on each menu that is published is kept here, and can be brought back.',
  ],
  restoreChanges: ['恢复后与线上的差别', 'What would change'],
  restore: ['恢复此版本', 'Restore'],
  restoreQuestion: [
    '恢复会立即发布这个版本，替换线上的菜单。确定恢复？',
    'The version is published at once, and replaces the live menu. Restore it?',
  ],
  restored: ['已恢复并发布', 'Restored and published'],
  asDraft: ['作为草稿修改', 'Edit as a draft'],
  replaceDraftQuestion: [
    '编辑器里还有没发布的草稿，会被替换。继续？',
    'A draft that was not published is replaced. Go on?',
  ],
  back: ['返回', 'Back'],
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
