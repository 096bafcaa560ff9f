import { CONTAINER_PATH, type PushTarget, pairs } from './pushes.ts';

/**
 * The message push, told step by step: for accounts that WeChat does not let set it by its API. The
 * names are those of the developer tools and of the consoles, which are in Chinese.
 */
export function pushSteps(target: PushTarget & { readonly service: string }): readonly string[] {
  return target.home === 'wechat-function' ? functionSteps(target) : containerSteps(target);
}

function functionSteps({ envId }: PushTarget): readonly string[] {
  const types = pairs.flatMap(({ msgType, event }) => (event === '' ? [msgType] : []));
  return [
    'Open the WeChat developer tools (微信开发者工具, 1.05 or later) as a developer of the mini-program, and there the console of 云开发.',
    `Share the environment once: 更多 → 环境共享 → share ${envId} with the service account. Its administrator confirms by scanning a code. Mini-program and account must belong to the same owner (同主体).`,
    'As the service account: 公众号网页 → 云开发 → 更多 → 环境共享 → 消息推送, and choose 云函数 as the mode.',
    `Add one entry (添加消息推送配置) for each kind of message: environment ${envId}, function callback; 消息类型 ${types.join(', ')} with an empty 事件类型, and 消息类型 event with 事件类型 subscribe, unsubscribe, SCAN, CLICK and what else the account has handlers for. What has no entry goes on to the server URL.`,
    'Save. WeChat pushes from then on; the first message shows in the log of `callback` which source it has.',
  ];
}

function containerSteps({ envId, service }: PushTarget & { readonly service: string }) {
  return [
    `Open the console of WeChat Cloud Run (https://cloud.weixin.qq.com/cloudrun) as the service account, or as the account that shares the environment (资源复用), and choose ${envId}.`,
    `服务管理 → ${service} → 服务设置: switch 公网访问 off, and keep one instance at least (实例副本数): the worker runs in it.`,
    '设置 → 全局设置 → 微信令牌权限配置 and 开放接口服务: allow the paths that the account calls, or 云调用 is refused.',
    `设置 → 全局设置 → 消息推送 → 添加: environment ${envId}, service ${service}, path ${CONTAINER_PATH}, format JSON. WeChat asks the path at once and wants a 200. The administrator of the service account confirms by scanning a code.`,
    'From then on the server URL of the account gets nothing. To go back, remove the entry (解绑), then switch the server configuration of the account off and on again.',
  ];
}
