import { ApiError } from '../errors/errors.ts';
import { type JsonObject, jsonOf, textIn } from '../http/call.ts';
import type { JumpRule } from '../state/jump-rules.ts';
import { done, type OperationsOf } from './operation.ts';

const MAX_RULES = 10_000;
const MAX_PREFIXES = 200;
const MAX_PAGE = 200;
const MAX_DEBUG_URLS = 5;
const ACCOUNT_CODE = /^https?:\/\/weixin\.qq\.com\/q\/\S+$/;
const APPID = /^wx\w+$/;

export const qrcodeJump: OperationsOf<'qrcodeJump'> = {
  add({ jumpRules }, call) {
    const body = jsonOf(call);
    const rule = ruleIn(body);
    const known = jumpRules.find(rule.prefix);
    if (body.is_edit === 0 && known) throw new ApiError(85071);
    if (body.is_edit === 0 && jumpRules.list(rule.appid).length >= MAX_RULES) {
      throw new ApiError(85073);
    }
    if (body.is_edit === 1) {
      if (!known) throw new ApiError(85075);
      // Rules that are published can only be deleted.
      if (known.state === 2) throw new ApiError(40097);
    } else if (body.is_edit !== 0) throw new ApiError(40097);
    jumpRules.put(rule);
    return done;
  },

  list({ jumpRules }, call) {
    const body = call.body.length > 0 ? jsonOf(call) : {};
    const appid = textIn(body, 'appid') || undefined;
    if (appid !== undefined && !APPID.test(appid)) throw new ApiError(40166);
    const all = jumpRules.list(appid);
    const chosen = choose(all, body);
    return {
      ...done,
      rule_list: chosen.map(({ appid: _, ...rule }) => rule),
      qrcodejump_open: 1,
      list_size: chosen.length,
      qrcodejump_pub_quota: jumpRules.publicationsLeft(),
      total_count: all.length,
    };
  },

  publish({ jumpRules }, call) {
    const rule = jumpRules.find(textIn(jsonOf(call), 'prefix'));
    if (!rule) throw new ApiError(85075);
    if (jumpRules.publicationsLeft() === 0) throw new ApiError(886000);
    jumpRules.publish(rule);
    return done;
  },

  delete({ jumpRules }, call) {
    const body = jsonOf(call);
    const rule = jumpRules.find(textIn(body, 'prefix'));
    if (!rule || rule.appid !== (textIn(body, 'appid') || undefined)) throw new ApiError(85075);
    jumpRules.delete(rule.prefix);
    return done;
  },
};

/** @throws ApiError 41011, 40166, 85066, 85068, 40097 */
function ruleIn(body: JsonObject): JumpRule {
  const [prefix, path] = [textIn(body, 'prefix'), textIn(body, 'path')];
  if (prefix === '' || path === '') throw new ApiError(41011);
  const appid = textIn(body, 'appid');
  if (ACCOUNT_CODE.test(prefix)) {
    if (!APPID.test(appid)) throw new ApiError(40166);
    return { prefix, appid, path, state: 1 };
  }
  if (appid !== '' || !URL.canParse(prefix)) throw new ApiError(85066);
  const { permit_sub_rule: sub, open_version: version, debug_url: urls = [] } = body;
  const isList = Array.isArray(urls) && urls.length <= MAX_DEBUG_URLS;
  // Old callers send these two as text.
  const [permit_sub_rule, open_version] = [Number(sub), Number(version)];
  if (!isList || (permit_sub_rule !== 1 && permit_sub_rule !== 2)) throw new ApiError(40097);
  if (open_version !== 1 && open_version !== 2 && open_version !== 3) throw new ApiError(40097);
  if (!urls.every((url) => String(url).startsWith(prefix))) throw new ApiError(85068);
  return { prefix, path, state: 1, permit_sub_rule, open_version, debug_url: urls.map(String) };
}

/** @throws ApiError 40097 */
function choose(rules: readonly JumpRule[], body: JsonObject): readonly JumpRule[] {
  const { get_type: kind = 0, prefix_list: prefixes, page_num: page, page_size: size } = body;
  if (kind === 0) return rules.slice(-MAX_RULES);
  if (kind === 1 && Array.isArray(prefixes) && prefixes.length <= MAX_PREFIXES) {
    return rules.filter(({ prefix }) => prefixes.includes(prefix));
  }
  const [number, length] = [Number(page), Number(size)];
  if (kind !== 2 || !(number >= 1) || !(length >= 1 && length <= MAX_PAGE)) {
    throw new ApiError(40097);
  }
  return rules.slice((number - 1) * length, number * length);
}
