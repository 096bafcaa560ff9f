import { wordsOf } from '../../words.ts';

/** The words of the page of articles. */
export const w = wordsOf({
  about: [
    '图文草稿保存在微信草稿箱。发布后文章公开可见，但不通知关注者；要推送给关注者，请用群发。',
    'Drafts are kept by WeChat. Publishing makes an article public and tells no follower; a broadcast brings it to them.',
  ],
  drafts: ['草稿', 'Drafts'],
  published: ['已发布', 'Published'],
  write: ['写文章', 'Write an article'],
  none: ['还没有草稿', 'No drafts yet'],
  noneAbout: [
    '点「写文章」，用 Markdown 写，或粘贴带格式的内容；旁边的手机显示微信里的样子。',
    'Press "Write an article". Write Markdown, or paste formatted text; the phone beside shows it as WeChat does.',
  ],
  nonePublished: ['还没有发布过文章', 'Nothing was published yet'],
  nonePublishedAbout: [
    '在「草稿」中发布一篇，这里会列出它和它的链接。',
    'Publish a draft: it will be listed here with its address.',
  ],
  article: ['文章', 'Article'],
  cover: ['封面', 'Cover'],
  changed: ['修改时间', 'Changed'],
  publishedAt: ['发布时间', 'Published'],
  acts: ['操作', 'Actions'],
  edit: ['编辑', 'Edit'],
  editOf: ['编辑：{title}', 'Edit: {title}'],
  picturesOnly: [
    '图片消息请在 mp.weixin.qq.com 编辑',
    'Lists of pictures are edited on mp.weixin.qq.com',
  ],
  andMore: ['等 {count} 篇', 'and {count} more'],
  remove: ['删除', 'Delete'],
  removeOf: ['删除：{title}', 'Delete: {title}'],
  removeQuestion: [
    '从微信草稿箱删除「{title}」，不能恢复。确定删除？',
    'WeChat deletes the draft "{title}" for good. Delete it?',
  ],
  removed: ['已删除', 'Deleted'],
  publish: ['发布', 'Publish'],
  publishOf: ['发布：{title}', 'Publish: {title}'],
  publishQuestion: [
    '「{title}」将公开可见，不通知关注者。发布后不能修改，只能删除。确定发布？',
    '"{title}" becomes public; no follower is told. Afterwards it can be deleted, but hardly changed. Publish?',
  ],
  submitted: ['已提交，正在等微信处理', 'Submitted; WeChat is at work'],
  removePublishedQuestion: [
    '「{title}」将从公开页面永久删除，不能恢复。确定删除？',
    '"{title}" is taken off the public pages for good. Delete it?',
  ],
  deletedByAuthor: ['已删除', 'deleted'],
  open: ['打开', 'Open'],
  openOf: ['打开：{title}', 'Open: {title}'],
  inProgress: ['正在发布', 'Being published'],
  ask: ['现在查询', 'Ask now'],
  hide: ['不再显示', 'Hide'],
  untitled: ['无标题', 'No title'],
  unsaved: [
    '「{title}」有未保存的修改，保存在本机。',
    '"{title}" has changes that are not saved yet.',
  ],
  goOn: ['继续编辑', 'Go on'],
  throwAway: ['放弃修改', 'Throw away'],
  throwAwayQuestion: [
    '「{title}」未保存的修改会丢失。确定放弃？',
    'The changes of "{title}" that are not saved are lost. Throw them away?',
  ],
  back: ['返回列表', 'Back to the list'],
  title: ['标题', 'Title'],
  titleHint: [
    '微信文档写 32 字以内，实际可更长，请看预览',
    'WeChat documents 32; longer ones are taken, see how they look',
  ],
  author: ['作者', 'Author'],
  digest: ['摘要', 'Digest'],
  digestHint: ['不填则取正文开头', 'without one, WeChat takes the first words'],
  link: ['阅读原文的网址', 'Address of "read the original"'],
  linkHint: ['可不填', 'may be empty'],
  noLink: ['要以 http:// 或 https:// 开头', 'Must begin with http:// or https://'],
  chooseCover: ['从素材库选择', 'Choose from the library'],
  noPictures: ['素材库里还没有图片', 'The library holds no pictures yet'],
  toLibrary: ['去素材库上传', 'Upload one to the library'],
  choose: ['选择', 'Choose'],
  chooseOf: ['选择：{name}', 'Choose: {name}'],
  noCover: ['还没有封面，微信要求必填。', 'None yet; WeChat asks for one.'],
  text: ['正文', 'Text'],
  markdown: ['Markdown', 'Markdown'],
  html: ['带格式内容', 'Formatted text'],
  htmlHint: [
    '从网页、Word 或秀米复制后粘贴：样式保留，脚本等微信不接受的内容去掉。',
    'Paste from a page, Word or an editor: styles stay, and what WeChat does not take is left out.',
  ],
  markdownHint: ['# 标题，**加粗**，- 列表，> 引用', '# heading, **bold**, - list, > quotation'],

  toHtmlQuestion: [
    '转换后不能回到 Markdown。确定转换？',
    'There is no way back to Markdown. Go on?',
  ],
  openFile: ['打开文件（.md、.html）', 'Open a file (.md, .html)'],
  replaceQuestion: ['文件内容将替换现有正文。确定？', 'The file replaces the text. Go on?'],
  addPicture: ['插入图片', 'Add a picture'],
  contentOver: [
    '正文 {used} 字（含格式），微信最多 {limit} 字',
    'The text has {used} characters with its format, WeChat takes {limit}',
  ],
  contentUsed: ['{used} / {limit} 字（含格式）', '{used} of {limit} characters, format included'],
  outside: [
    '有 {count} 张外部图片，微信不会显示。',
    '{count} pictures are not on WeChat, which shows no others.',
  ],
  bringIn: ['导入到微信', 'Bring them in'],
  bringing: ['正在导入图片', 'Bringing in pictures'],
  broughtIn: ['图片已导入', 'The pictures are on WeChat'],
  notBrought: ['未能导入：', 'Not brought in:'],
  pictureOver: ['正文图片：{problem}', 'A picture in the text: {problem}'],
  addArticle: ['添加一篇', 'Add an article'],
  removeArticle: ['移除这一篇', 'Take this article out'],
  nth: ['第 {n} 篇', 'Article {n}'],
  articles: ['本组文章', 'Articles of this draft'],
  save: ['保存到草稿箱', 'Save the draft'],
  saved: ['已保存到微信草稿箱', 'WeChat has the draft'],
  phone: ['手机预览', 'Phone'],
  account: ['你的服务号', 'Your account'],
  noText: ['正文会显示在这里', 'The text is shown here'],
} as const);

type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;

const states: Words = {
  0: ['已发布', 'published'],
  1: ['微信正在处理', 'WeChat is at work'],
  2: ['未通过：原创校验失败', 'refused: originality'],
  3: ['发布失败', 'failed'],
  4: ['未通过平台审核', 'refused by review'],
  5: ['已发布，后被作者全部删除', 'published, then deleted by the author'],
  6: ['已发布，后被平台封禁', 'published, then banned'],
};

/** `publish_status` in words. */
export const stateWord = wordsOf(states);
