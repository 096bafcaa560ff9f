import { wordsOf } from '../../words.ts';

/** The words of the overview. */
export const w = wordsOf({
  alerts: ['告警', 'Alerts'],
  noAlerts: ['一切正常', 'All is well'],
  token: ['access_token', 'access_token'],
  tokenGood: ['有效，{minutes} 分钟后到期', 'Good for another {minutes} min'],
  tokenOver: ['已失效', 'It has ended'],
  tokenNone: ['尚未获取', 'None yet'],
  tokenFailures: ['续期已连续失败 {count} 次', 'Renewing it has failed {count} times in a row'],
  jobs: ['失败的任务', 'Failed jobs'],
  waiting: ['{count} 个等待中', '{count} waiting'],
  broadcasts: ['本月群发', 'Broadcasts this month'],
  broadcastsLeft: ['今天还可调用 {count} 次', '{count} calls left today'],
  answers: ['回复用时', 'Time to answer'],
  answersAbout: [
    '微信只等 5 秒。共 {total} 次回复，超过各时限的占比：',
    'WeChat waits for 5 s. Of {total} answers, so many took longer than:',
  ],
  noAnswers: ['还没有回复过消息', 'No message was answered yet'],
  bound: ['用时超过', 'Longer than'],
  share: ['占比', 'Share'],
  count: ['次数', 'Count'],
  seconds: ['{seconds} 秒', '{seconds} s'],
  quotas: ['接口每日额度', 'Daily allowances'],
  noQuotas: [
    '还没有数据：常用接口的额度每半小时读取一次',
    'Nothing yet: allowances of the endpoints called most are read every half hour',
  ],
  endpoint: ['接口', 'Endpoint'],
  used: ['已用', 'Used'],
  days: ['最近七天', 'The last seven days'],
  daysAbout: [
    '来自微信数据统计，每天上午更新前一天的数据。',
    'By the figures of WeChat, which has those of a day from the next morning on.',
  ],
  day: ['日期', 'Day'],
  followers: ['关注者', 'Followers'],
  came: ['新关注', 'Came'],
  left: ['取消关注', 'Left'],
  messages: ['收到消息', 'Messages'],
  writers: ['发消息人数', 'Writers'],
} as const);

const alerts: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  tokenRefreshFailing: ['token 续期失败', 'The token could not be renewed'],
  tokenTooOld: ['token 已过期', 'The token has ended'],
  apiUnauthorized: ['账号没有某接口的权限', 'The account may not call an endpoint'],
  ipNotAllowed: ['出口 IP 不在白名单', 'An address is not in the IP whitelist'],
  quotaUsedUp: ['接口额度已用尽', 'An allowance is used up'],
  quotaLow: ['接口额度即将用尽', 'An allowance is nearly used up'],
  callbackErrors: ['消息处理出错', 'Handlers fail'],
  callbackSlow: ['回复过慢', 'Answers are slow'],
  markFailRisk: ['微信可能标记服务故障', 'WeChat may mark the account as failing'],
  jobsDead: ['有任务失败', 'Jobs have failed'],
  massSendFailed: ['群发失败', 'A broadcast has failed'],
  documentForged: ['数据库文档被篡改', 'A document was forged'],
};

/** An alert in words; one that is new here by its name. */
export const alertName = wordsOf(alerts);
