import type { AutoReplies } from '../../shared/auto-replies/rule.ts';
import type { ActionTexts } from './invokable-actions.ts';

// What `npm start -- --seed` knows, where it can: then the examples work as they stand.
const openid = 'oAlice';
const media_id = 'spring-cover';
const file = { url: 'https://example.com/cover.png' };
const button = [{ type: 'click', name: '客服', key: 'SUPPORT' }] as const;
const content = { msgtype: 'text', text: { content: '新年快乐！' } } as const;
const massSendId = 'mdLe14cA5yMAVAaAbMAHWlezWoKG';
const secret = '0000000000000000000000000000000000000000000';

const autoReplies: AutoReplies = {
  follow: [
    { name: '欢迎', isOn: true, give: 'all', answers: [{ type: 'text', content: '欢迎关注！' }] },
  ],
  keywords: [
    {
      name: '营业时间',
      isOn: true,
      keywords: [{ match: 'pattern', text: '几点*门' }],
      give: 'all',
      answers: [{ type: 'text', content: '每天 9:00–21:00' }],
    },
  ],
  otherwise: [],
};

/** What each invokable action does, in both languages, and a payload that it takes. */
export const actionTexts: ActionTexts = {
  menu: {
    create: {
      en: 'Replaces the default menu.',
      zh: '替换默认菜单。',
      example: { button },
    },
    get: { en: 'The menus that were made by the API.', zh: '查询通过接口创建的菜单。' },
    delete: {
      en: 'Deletes the default menu and all conditional menus.',
      zh: '删除默认菜单和全部个性化菜单。',
    },
    current: {
      en: "The menu in force, the console's included.",
      zh: '查询当前生效的菜单，包括在微信后台设置的。',
    },
    addConditional: {
      en: 'Adds a menu for some followers, by tag or platform.',
      zh: '新增个性化菜单，按标签或平台匹配关注者。',
      example: { button, matchrule: { tag_id: '100' } },
    },
    changeConditional: {
      en: 'Puts a menu in the place of the conditional menu of its `menuid`: the new one is added, then the old one is deleted. It becomes the newest, which counts where a follower meets several.',
      zh: '替换 `menuid` 指定的个性化菜单：先新增，再删除旧的。替换后它成为最新的一个；关注者符合多个条件时，看到最新的。',
      example: { menuid: '207542155', button, matchrule: { tag_id: '100' } },
    },
    deleteConditional: {
      en: 'Deletes a conditional menu.',
      zh: '删除一个个性化菜单。',
      example: { menuid: '207542155' },
    },
    tryMatch: {
      en: 'The menu that this follower sees.',
      zh: '测试某个关注者看到的菜单。',
      example: { user_id: openid },
    },
    diff: {
      en: 'What `create` would change; of a menu with a rule, what would change for the followers of that rule, or of the conditional menu of its `menuid`. It changes nothing.',
      zh: '比较 `create` 会带来哪些改变；带 `matchrule` 时，与条件相同（或 `menuid` 指定）的个性化菜单比较。不做任何修改。',
      example: { button },
    },
    listVersions: {
      en: 'The last 50 menus that were published, with who did it and when, and those that a publication replaced; the newest first.',
      zh: '最近 50 个菜单版本：每次发布的菜单、发布人和时间，以及被替换掉的菜单；最新的在前。',
    },
    getVersion: {
      en: 'A version, and what its `restore` would change.',
      zh: '查询一个版本，以及 `restore` 会带来哪些改变。',
      example: { id: '0mi71wpdc-kLVLQxBzPG2yTQEl' },
    },
    restore: {
      en: 'Publishes a version once more. One with a rule takes the place of the live menu of that rule.',
      zh: '重新发布一个版本；带条件的版本会替换条件相同的现有个性化菜单。',
      example: { id: '0mi71wpdc-kLVLQxBzPG2yTQEl' },
    },
    getAutoReplies: {
      en: 'The rules by which `autoReplies()` answers, and their revision.',
      zh: '查询 `autoReplies()` 所用的自动回复规则及其版本号。',
    },
    setAutoReplies: {
      en: 'Replaces all rules, if they are still of the revision that `getAutoReplies` gave; `null` if there are none yet. They count within ten seconds.',
      zh: '替换全部规则；仅当版本号仍与 `getAutoReplies` 返回的一致时生效，尚无规则时为 `null`。十秒内生效。',
      example: { rules: autoReplies, revision: null },
    },
    tryAutoReplies: {
      en: 'Which rule would answer what, of the published rules or of others that are given.',
      zh: '试一试：哪条规则会回复什么；默认用已发布的规则，也可以另给一份。',
      example: { occasion: { type: 'text', content: '几点开门' } },
    },
    importAutoReplies: {
      en: 'The auto-replies that are set in mp.weixin.qq.com, in the form of `setAutoReplies`, with notes on what cannot come over. It publishes nothing.',
      zh: '把微信公众平台后台设置的自动回复转换成 `setAutoReplies` 的格式，并注明哪些内容无法带过来；不会发布任何规则。',
    },
  },
  material: {
    uploadMedia: {
      en: 'Uploads temporary media, which WeChat keeps for three days.',
      zh: '上传临时素材，微信保留三天。',
      example: { type: 'image', file },
    },
    getMedia: { en: 'Fetches temporary media.', zh: '获取临时素材。', example: { media_id } },
    getVoice: {
      en: 'Fetches a voice of the JS-SDK in high quality.',
      zh: '获取 JS-SDK 录音的高清语音。',
      example: { media_id },
    },
    uploadImage: {
      en: 'Uploads a picture for the text of an article, and gives its address.',
      zh: '上传图文正文中的图片，返回其地址。',
      example: { file },
    },
    add: {
      en: 'Adds permanent material; a video also takes title and introduction.',
      zh: '新增永久素材；视频另需 title 与 introduction。',
      example: { type: 'image', file },
    },
    get: { en: 'Fetches permanent material.', zh: '获取永久素材。', example: { media_id } },
    delete: { en: 'Deletes permanent material.', zh: '删除永久素材。', example: { media_id } },
    count: { en: 'How much permanent material there is, by type.', zh: '各类永久素材的数量。' },
    list: {
      en: 'Lists permanent material, newest first.',
      zh: '列出永久素材，最新的在前。',
      example: { type: 'image', limit: 20 },
    },
    localizePictures: {
      en: 'Puts the pictures of articles on WeChat, which shows no others: gives the articles with the new addresses. `only` names some of them, by their addresses.',
      zh: '把文章中的外部图片上传到微信（微信不显示外部图片），返回替换地址后的文章；`only` 用地址指定其中几张。',
      example: { articles: [{ content: '<img src="https://example.com/a.png">' }] },
    },
    showPicture: {
      en: 'Fetches a picture that WeChat has given an address, for a page that may load none from elsewhere.',
      zh: '取回一张地址由微信给出的图片，供不能加载外部内容的页面显示。',
      example: { url: 'http://mmbiz.qpic.cn/mmbiz_png/x/0?wx_fmt=png' },
    },
    addDraft: {
      en: 'Adds a draft of one to eight articles.',
      zh: '新增草稿，含一到八篇文章。',
      example: {
        articles: [
          {
            article_type: 'news',
            title: '春季上新',
            content: '<p>正文</p>',
            thumb_media_id: media_id,
          },
        ],
      },
    },
    getDraft: { en: 'Fetches a draft.', zh: '获取草稿。', example: { media_id } },
    updateDraft: {
      en: 'Replaces one article of a draft.',
      zh: '替换草稿中的一篇文章。',
      example: {
        media_id,
        index: 0,
        articles: {
          article_type: 'news',
          title: '春季上新',
          content: '<p>正文</p>',
          thumb_media_id: media_id,
        },
      },
    },
    deleteDraft: { en: 'Deletes a draft.', zh: '删除草稿。', example: { media_id } },
    countDrafts: { en: 'How many drafts there are.', zh: '草稿数量。' },
    listDrafts: {
      en: 'Lists drafts, newest first.',
      zh: '列出草稿，最新的在前。',
      example: { limit: 10 },
    },
    publish: {
      en: 'Publishes a draft, without telling followers. `PUBLISHJOBFINISH` tells the result.',
      zh: '发布草稿，不通知关注者；结果由 `PUBLISHJOBFINISH` 事件告知。',
      example: { media_id },
    },
    publishStatus: {
      en: 'How far a publication has come.',
      zh: '查询发布进度。',
      example: { publish_id: '2247503051' },
    },
    deletePublished: {
      en: 'Deletes a publication, or one article of it; `index` counts from 1.',
      zh: '删除已发布的内容，或其中一篇；`index` 从 1 开始。',
      example: { article_id: 'article-1', index: 1 },
    },
    getPublished: {
      en: 'Fetches what was published.',
      zh: '获取已发布的内容。',
      example: { article_id: 'article-1' },
    },
    listPublished: {
      en: 'Lists what was published, newest first.',
      zh: '列出已发布的内容，最新的在前。',
      example: { limit: 10 },
    },
  },
  followers: {
    sync: {
      en: 'Starts a full sync in the worker.',
      zh: '让 worker 开始全量同步。',
    },
    status: { en: 'How far the last sync has come.', zh: '最近一次同步的进度。' },
    count: {
      en: 'How many followers a filter chooses; without one, all of them.',
      zh: '统计符合条件的关注者；不写条件则统计全部。',
      example: { filter: { province: '广东', subscribedFrom: '2026-01-01' } },
    },
    import: {
      en: 'Adds what you know of followers: up to 10 000 rows, as JSON or CSV. Columns with other names are fields of your own.',
      zh: '导入你掌握的关注者资料：最多 10 000 行，JSON 或 CSV；其他列名即为自定义字段。',
      example: { rows: [{ openid, sex: 'female', province: '广东', level: 'gold' }] },
    },
    erase: {
      en: 'Erases a follower from our database: the row with all that you imported, what waits in the queue or has failed there, what the inbox keeps, and what the account remembers in sessions; `kept` says what stays and why. WeChat’s unsubscribe event does the same by itself.',
      zh: '从我们的数据库中清除一位关注者：含导入资料的记录、队列中等待或失败的任务、收件箱中保留的内容、会话状态；`kept` 说明还保留什么以及原因。收到微信的取消关注事件时会自动执行同样的清除。',
      example: { openid },
    },
    listTags: { en: 'All tags.', zh: '列出全部标签。' },
    createTag: { en: 'Makes a tag.', zh: '新建标签。', example: { name: '新客' } },
    renameTag: { en: 'Renames a tag.', zh: '重命名标签。', example: { id: 100, name: '老会员' } },
    deleteTag: {
      en: 'Deletes a tag; the worker takes it off the followers.',
      zh: '删除标签，由 worker 从关注者身上移除。',
      example: { id: 101 },
    },
    tag: {
      en: 'Tags followers.',
      zh: '给关注者打标签。',
      example: { tagId: 100, openids: [openid] },
    },
    untag: {
      en: 'Takes a tag off followers.',
      zh: '取消关注者的标签。',
      example: { tagId: 100, openids: [openid] },
    },
    block: {
      en: 'Puts followers on the blacklist.',
      zh: '把关注者加入黑名单。',
      example: { openids: [openid] },
    },
    unblock: {
      en: 'Takes followers off the blacklist.',
      zh: '把关注者移出黑名单。',
      example: { openids: [openid] },
    },
    countBlocked: { en: 'How many followers are on the blacklist.', zh: '黑名单人数。' },
    setRemark: {
      en: "Sets the account's remark on a follower; an empty one removes it.",
      zh: '设置关注者的备注名，空字符串即删除。',
      example: { openid, remark: '张三' },
    },
    noteConsent: {
      en: 'Notes that a follower has consented to something, or has taken that back, and how you know. The notes stand in the profile that the console shows, and are forgotten with the follower.',
      zh: '记录关注者同意或撤回同意某事，以及依据。运营台的资料页会显示这些记录，清除关注者时一并删除。',
      example: { openid, to: '短信营销', isGiven: true, how: '门店登记表' },
    },
    listSegments: { en: 'The saved filters, by name.', zh: '列出保存的人群（筛选条件）。' },
    countSegments: {
      en: 'How many followers each segment chooses now, in one reading of our copy of the list.',
      zh: '统计每个人群当前的人数，只读一遍关注者副本。',
    },
    saveSegment: {
      en: 'Saves a filter under a name. A segment of this name is replaced only with `replace`. As an audience, give its filter to `mass-send submit`.',
      zh: '保存一个筛选条件并命名；同名人群只有带 `replace` 才会被替换。群发时把它的 filter 作为 `mass-send submit` 的发送对象。',
      example: { name: '广东新客', filter: { province: '广东', subscribedFrom: '2026-01-01' } },
    },
    deleteSegment: {
      en: 'Deletes a segment; the followers stay as they are.',
      zh: '删除一个人群，关注者不受影响。',
      example: { name: '广东新客' },
    },
    createQrcode: {
      en: "Makes a QR code with a scene: temporary, for `days` (30 unless given), or `permanent`. Gives the address that it encodes, WeChat's picture, and the ticket.",
      zh: '创建带参数的二维码：临时（`days` 天，默认 30 天）或永久（`permanent`）。返回二维码内容的地址、微信提供的图片与 ticket。',
      example: { scene: 'shop-12', note: '12 号店海报' },
    },
    listQrcodes: {
      en: 'The QR codes that were made here and can still be scanned, the newest first.',
      zh: '列出在此创建且仍可扫描的二维码，最新的在前。',
      example: { limit: 20 },
    },
    qrcodeStats: {
      en: 'How many of those who follow now came by the codes of each scene; a filter narrows it.',
      zh: '当前关注者中，由各场景的二维码而来的人数；可用 filter 缩小范围。',
      example: { filter: { subscribedFrom: '2026-11-01' } },
    },
    qrcodeDays: {
      en: 'What became of the codes of each scene, by days in Beijing, 90 at most: `scans` (of codes that were made here), `follows`, and `stay`, those of them who follow now.',
      zh: '各场景值的二维码逐日效果（北京时间，最多 90 天）：`scans` 扫码次数（仅统计在这里创建的码）、`follows` 新关注、`stay` 其中仍在关注的人数。',
      example: { days: 7 },
    },
    listTemplates: {
      en: 'The templates of the account, with the fields that a message fills in.',
      zh: '列出账号的消息模板及其待填字段。',
    },
    sendTemplate: {
      en: 'Sends a template message to a follower. With the same `client_msg_id` WeChat sends none a second time for ten minutes.',
      zh: '向关注者发送模板消息。相同的 `client_msg_id` 十分钟内不会重复发送。',
      example: {
        touser: openid,
        template_id: 'order-template',
        url: 'https://example.com/orders/12',
        data: { thing1: { value: '订单 12' } },
        client_msg_id: 'order-12-shipped',
      },
    },
    listSubscribeTemplates: {
      en: 'The templates of the account for subscription messages.',
      zh: '列出账号的订阅通知模板。',
    },
    sendSubscribe: {
      en: 'Sends a subscription message to a follower who has agreed to it.',
      zh: '向已同意的关注者发送订阅通知。',
      example: {
        touser: openid,
        template_id: 'order-notice',
        page: 'https://example.com/orders/12',
        data: { thing1: { value: '订单 12' } },
      },
    },
    shorten: {
      en: 'Keeps a text of up to 4 KB under a short key, for `days` (30 unless given).',
      zh: '将不超过 4 KB 的文本存为短 key，保留 `days` 天（默认 30 天）。',
      example: { text: 'https://example.com/orders/12?from=wechat' },
    },
    listAgents: {
      en: 'Who answers followers by hand, and who of them is online.',
      zh: '列出客服账号及其在线状态。',
    },
    addAgent: {
      en: 'Adds an agent, and invites the WeChat id of a person, without whom it serves nobody.',
      zh: '新增客服账号，并邀请绑定的微信号；未绑定的客服账号无法接待。',
      example: { agent: 'help@gh_name', nickname: '小帮手', invite: 'wechat-id' },
    },
    deleteAgent: {
      en: 'Deletes an agent.',
      zh: '删除客服账号。',
      example: { agent: 'help@gh_name' },
    },
    listSessions: {
      en: 'Which followers are served by which agent, and which wait. A follower is named by a word that leads to nobody.',
      zh: '列出客服会话与等待接入的关注者；关注者以无法还原的代号表示。',
    },
  },
  'mass-send': {
    submit: {
      en: 'Submits a broadcast; with `dryRun` it only tells whom it would reach.',
      zh: '提交群发；带 `dryRun` 时只说明会发给谁。',
      example: { requestId: 'new-year-2027', audience: { tagId: 100 }, content, dryRun: true },
    },
    preview: {
      en: 'Sends the content to one follower.',
      zh: '把内容预览发送给一位关注者。',
      example: { wechatId: 'my-wechat-id', content },
    },
    count: {
      en: 'How many followers an audience is by our copy of them, and who is left out and why.',
      zh: '按本地的关注者数据统计发送对象人数，以及谁被排除、为什么。',
      example: { audience: { tagId: 100 } },
    },
    prepareVideo: {
      en: 'Makes a video ready for a broadcast; the `mediaId` that comes back is good for three days.',
      zh: '把视频转换为可群发的素材；返回的 `mediaId` 三天内有效。',
      example: { mediaId: 'MEDIA_ID', title: '新品发布', description: '一分钟看完' },
    },
    status: {
      en: 'How far a broadcast has come, batch by batch.',
      zh: '群发进度，逐批列出。',
      example: { id: massSendId },
    },
    list: { en: 'The latest broadcasts.', zh: '最近的群发。', example: { limit: 20 } },
    cancel: {
      en: 'Cancels what has not been sent.',
      zh: '取消尚未发出的部分。',
      example: { id: massSendId },
    },
    delete: {
      en: 'Deletes sent articles from the phones of followers, as far as WeChat does so.',
      zh: '删除已群发的图文，效果以微信为准。',
      example: { id: massSendId },
    },
    quota: { en: 'What may still be sent today and this month.', zh: '今天和本月还能发多少。' },
    getSpeed: { en: "WeChat's speed of sending.", zh: '查询群发速度。' },
    setSpeed: {
      en: "Sets WeChat's speed of sending: 0 is the fastest, 4 the slowest.",
      zh: '设置群发速度：0 最快，4 最慢。',
      example: { speed: 0 },
    },
  },
  'proxy-client': {
    add: {
      en: 'Adds a client. `npm run invoke` makes the secret and shows it, once.',
      zh: '新增客户端。`npm run invoke` 会生成密钥并只显示一次。',
      example: { id: 'crm', secret, allow: ['menu.*', '*:read'], perSecond: 10 },
    },
    list: { en: 'All clients, without secrets.', zh: '列出全部客户端，不含密钥。' },
    change: {
      en: 'Changes the fields that are named.',
      zh: '只修改写出的字段。',
      example: { id: 'crm', perSecond: 50, burst: 100 },
    },
    rotate: {
      en: 'Gives a client a new secret; the old one stays good for `graceSeconds`.',
      zh: '轮换密钥，旧密钥在 `graceSeconds` 内仍有效。',
      example: { id: 'crm', secret, graceSeconds: 3600 },
    },
    disable: { en: 'Disables a client.', zh: '停用客户端。', example: { id: 'crm' } },
    usage: {
      en: 'What a client, or each client, has used today.',
      zh: '某个客户端（或全部）今天的用量。',
      example: { id: 'crm' },
    },
  },
  console: {
    invite: {
      en: 'Invites somebody to the console, or lets an operator set up another way to sign in. `npm run invoke` makes the secret of the link and shows the link, once.',
      zh: '邀请一位运营人员，或让已有人员重设登录方式。`npm run invoke` 会生成链接并只显示一次。',
      example: { name: '小李', role: 'manage', secret },
    },
    admit: {
      en: 'The same by a link that signs in at once and is good for a minute, as `npm start` uses it.',
      zh: '同上，但链接会直接登录，一分钟内有效；`npm start` 使用它。',
      example: { name: '小李', role: 'manage', secret },
    },
    operators: { en: 'Who may use the console, and with which role.', zh: '运营人员及其角色。' },
    change: {
      en: 'Changes the role of an operator, disables or enables one, ends all sessions, or forgets passkeys and password.',
      zh: '更改角色、停用或启用、使全部登录失效，或清除通行密钥与密码。',
      example: { name: '小李', role: 'look', revokeSessions: true },
    },
    sessions: {
      en: 'Who is signed in, where and since when.',
      zh: '谁在何处、何时登录。',
      example: { name: '小李' },
    },
    revoke: {
      en: 'Ends one session.',
      zh: '使一次登录失效。',
      example: { id: '0000000000000000000000000000000000000000000' },
    },
  },
  worker: {
    list: {
      en: 'Jobs, the newest first, without their payloads.',
      zh: '列出任务，最新的在前，不含内容。',
      example: { state: 'dead', limit: 50 },
    },
    retry: {
      en: 'Lets a dead job run again, from its last checkpoint.',
      zh: '让失败的任务从最近的检查点重新执行。',
      example: { id: 'job-1' },
    },
    drop: {
      en: 'Takes a dead or waiting job off the queue.',
      zh: '丢弃失败或等待中的任务。',
      example: { id: 'job-1' },
    },
    adopt: {
      en: 'Takes over documents that carry no proof of the AppSecret: those of a release before proofs and, with `afterReset`, those of an AppSecret that was reset. Look at them first: whoever could write them gets what they say. The answer names each by the keyed hash of its id, as `document refused` in the log does.',
      zh: '接管没有 AppSecret 证明的文档：引入证明之前的版本写入的，以及（加上 `afterReset`）重置 AppSecret 之前写入的。请先检查：接管后它们就按其内容生效。返回值以 id 的带密钥哈希指称每个文档，与日志 `document refused` 一致。',
    },
    discard: {
      en: 'Removes documents that somebody has forged, by collection and keyed hash as the log lines `document refused` have them (`reason`, `id`). They count for nothing while they are there; look at them first, because they tell what somebody tried. Nothing that counts is removed. Never after a reset of the AppSecret: everything looks forged then, until `adopt` has taken it over.',
      zh: '删除伪造的文档，以日志 `document refused` 中的集合（`reason`）与带密钥哈希（`id`）指定。它们即使还在也不起作用；请先查看，从中可知有人想做什么。有效的文档不会被删除。重置 AppSecret 之后切勿使用：在 `adopt` 接管之前，所有文档看起来都是伪造的。',
      example: { collection: 'menu_versions', documents: ['#Zb3kT0v9_QxL'] },
    },
    auditList: {
      en: 'Who did what: changes of menus, mass sends, clients, followers and jobs, the newest first. Also `npm run invoke -- audit list`.',
      zh: '谁做过什么：菜单、群发、客户端、关注者与任务的变更，最新的在前。也可写作 `npm run invoke -- audit list`。',
      example: { limit: 50 },
    },
    auditVerify: {
      en: 'Checks that no entry of the audit trail was changed, inserted or taken out; with an entry that the log shows (`audited`), that the end was not cut off either; and that each client of the proxy is as its last change has left it. Also `npm run invoke -- audit verify`.',
      zh: '检查审计记录没有被修改、插入或删除；给出日志（`audited`）中的一条时，还检查末尾没有被截断；并检查每个代理客户端都与其最近一次变更留下的样子一致。也可写作 `npm run invoke -- audit verify`。',
    },
    auditDeploy: {
      en: 'Writes into the audit trail who deployed, went back, removed or provisioned: the commands of this project call it, with the number (UIN) of their keys in CAM, as soon as the functions stand.',
      zh: '把谁做了部署、回滚、移除或资源准备写入审计记录：由本项目的命令在函数就绪后调用，并带上其密钥在 CAM 中的 UIN。',
      example: { command: 'deploy', deployer: '100000000001' },
    },
    run: { en: 'Runs due jobs now.', zh: '立即执行到期的任务。' },
    examine: {
      en: 'Looks at the account from where the functions run: whether WeChat answers them, token, allowances, failed jobs. `npm run doctor` asks this.',
      zh: '从函数所在的网络检查账号：微信是否应答、token、接口额度、失败的任务。供 `npm run doctor` 使用。',
    },
  },
};
