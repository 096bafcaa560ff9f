type Words = readonly [zh: string, en: string];

/** A fault by one tap: what the control API is told. */
export interface Preset {
  readonly name: Words;
  readonly about: Words;
  readonly path: string;
  /** How many times it strikes unless another number is typed; none where it has no number. */
  readonly times?: number;
  readonly body: (times: number) => object;
}

export const presets: readonly Preset[] = [
  {
    name: ['微信接口变慢', 'Slow WeChat'],
    about: ['任意接口 6 秒后才返回', 'Any API call is answered after 6 seconds'],
    path: '/wechat/faults',
    times: 1,
    body: (times) => ({ path: '*', times, slowMs: 6_000 }),
  },
  {
    name: ['token 失效 40001', 'Token refused: 40001'],
    about: ['当前 token 立即被拒绝', 'The current token is refused from now on'],
    path: '/wechat/tokens/revoke',
    body: () => ({}),
  },
  {
    name: ['额度用尽 45009', 'Quota used up: 45009'],
    about: ['发客服消息返回 45009', 'customerService.send answers 45009'],
    path: '/wechat/faults',
    times: 1,
    body: (times) => ({ path: '/cgi-bin/message/custom/send', times, errcode: 45_009 }),
  },
  {
    name: ['系统繁忙 -1', 'System busy: -1'],
    about: ['任意接口返回 -1', 'Any API call answers -1'],
    path: '/wechat/faults',
    times: 1,
    body: (times) => ({ path: '*', times, errcode: -1 }),
  },
  {
    name: ['接口连接中断', 'API connection lost'],
    about: ['已执行，但响应丢失', 'The call is carried out, its answer is lost'],
    path: '/wechat/faults',
    times: 1,
    body: (times) => ({ path: '*', times, reset: 'after' }),
  },
  {
    name: ['回复丢失', 'Lost reply'],
    about: ['微信收不到回复，5 秒后重试', 'WeChat never sees the reply and repeats after 5 s'],
    path: '/faults',
    times: 1,
    body: (times) => ({ kind: 'lost-answer', times }),
  },
  {
    name: ['回调不可达', 'Callback unreachable'],
    about: [
      '投递失败，微信再投递两次；三次都失败，关注者看到故障提示',
      'A delivery fails and is repeated; after three the follower sees the fault notice',
    ],
    path: '/faults',
    times: 3,
    body: (times) => ({ kind: 'unreachable', times }),
  },
  {
    name: ['推送延迟 3 秒', 'Slow push: 3 s'],
    about: ['推送在路上耗时 3 秒', 'The push takes 3 seconds on its way'],
    path: '/faults',
    times: 1,
    body: (times) => ({ kind: 'slow', times, ms: 3_000 }),
  },
  {
    name: ['实例崩溃', 'Dead instance'],
    about: ['处理消息时进程被结束', 'The process is killed while it handles a push'],
    path: '/faults',
    times: 1,
    body: (times) => ({ kind: 'dead-instance', times }),
  },
  {
    name: ['认领后实例崩溃', 'Dead after the claim'],
    about: [
      '认领消息后进程被结束；6 秒后由 worker 接手，以客服消息回复。声明为幂等的路由不认领：回复已记录，但未送达',
      'The process is killed once it has claimed the message; after 6 s the worker takes it over. An idempotent route claims nothing: its reply is recorded and does not arrive',
    ],
    path: '/faults',
    times: 1,
    body: (times) => ({ kind: 'dead-instance', after: 'claim', times }),
  },
  {
    name: ['数据库事务冲突', 'Store conflict'],
    about: ['事务返回 DATABASE_TRANSACTION_CONFLICT', 'A transaction ends in a conflict'],
    path: '/cloudbase/faults',
    times: 1,
    body: (times) => ({ kind: 'conflict', times }),
  },
  {
    name: ['数据库响应丢失', 'Lost answer of the store'],
    about: ['写入已生效，连接被重置', 'The write is done, the connection is reset'],
    path: '/cloudbase/faults',
    times: 1,
    body: (times) => ({ kind: 'reset', when: 'after', times }),
  },
  {
    name: ['数据库不可用', 'Store down'],
    about: ['请求返回 502', 'Requests are answered with 502'],
    path: '/cloudbase/faults',
    times: 1,
    body: (times) => ({ kind: 'http', status: 502, times }),
  },
];
