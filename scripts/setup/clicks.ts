import { namesOf } from './names.ts';
import { type PolicyPlaces, policyOf } from './policies.ts';

/** The same as `setUp` does, for an owner who clicks: where to click, and what to paste. */
export function clicksOf(places: PolicyPlaces): string {
  const names = namesOf(places);
  const paste = (name: Parameters<typeof policyOf>[0]) =>
    JSON.stringify(policyOf(name, places), undefined, 2);
  return [
    `1. 日志服务 https://console.cloud.tencent.com/cls : open it (开通). Create the logset ${names.logset} and in it the topic ${names.topic}, with a full-text index, in ${places.region}.`,
    `2. 访问管理 → 策略 https://console.cloud.tencent.com/cam/policy → 新建自定义策略 → 按策略语法创建 → 空白模板. Name: ${names.functionsPolicy}. Paste:`,
    paste('functions'),
    `3. 访问管理 → 角色 https://console.cloud.tencent.com/cam/role → 新建角色 → 腾讯云产品服务 → 云函数 (scf). Attach ${names.functionsPolicy}. Name: ${names.role}. Its 角色载体 then is:`,
    paste('role-trust'),
    `4. Like step 2, the policy ${names.subAccountPolicy}:`,
    paste('sub-account'),
    `5. 访问管理 → 用户列表 https://console.cloud.tencent.com/cam → 新建用户 → 自定义创建 → 编程访问, without console login. Name: ${names.subAccount}. Attach ${names.subAccountPolicy}.`,
  ].join('\n\n');
}
