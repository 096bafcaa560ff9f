import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { database } from '#database';
import { apiSettings } from '../../../shared/app/parts/api-settings.ts';
import { systemClock } from '../../../shared/kernel/clock.ts';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import type { Secret } from '../../../shared/kernel/secret.ts';
import type { Config } from '../../../shared/kernel/settings.ts';
import type { DrivenStore } from '../../../shared/store/driven-store.ts';
import { createTokens, type SharedTokens } from '../../../shared/token/index.ts';
import { createClient, createHttpTransport } from '../../../shared/wechat/client/index.ts';
import { WeChatError } from '../../../shared/wechat/wechat-error.ts';

const eventSchema = v.strictObject({
  /** Whether instances forget their tokens between scenarios, as new instances would have none. */
  scenario: v.string(),
  tokenKind: v.picklist(['stable', 'classic']),
  /** When to begin, in epoch ms, so that all instances begin at once. */
  at: v.number(),
  /** The instance only stays busy until then. */
  isWarmUp: v.optional(v.boolean(), false),
});

export type SoakEvent = v.InferInput<typeof eventSchema>;

/** What became of one call. It names a token only by the number with which the emulator begins it. */
export interface SoakResult {
  readonly ok: boolean;
  readonly served: readonly { readonly generation: number; readonly isAccepted: boolean }[];
  readonly error?: string;
}

/** The errcode for a token that WeChat refuses. */
const REFUSED = [40001, 40014, 42001];
const USE_TIMEOUT_MS = 10_000;

const log = createLog({
  write: (line) => console.log(line),
  now: () => Date.now(),
  level: 'debug',
});
const transport = createHttpTransport({ clock: systemClock });
const byScenario = new Map<string, SharedTokens>();

/** A function that gets the token, uses it, and has it renewed once if WeChat refuses it. */
export async function main(raw: unknown): Promise<SoakResult> {
  const event = v.parse(eventSchema, raw);
  await delay(Math.max(0, event.at - Date.now()));
  const served: { generation: number; isAccepted: boolean }[] = [];
  if (event.isWarmUp) {
    await storeOf(loadConfig(process.env, database.settings)).preload();
    return { ok: true, served };
  }
  const { accessToken } = tokensOf(event);
  try {
    const token = await accessToken.get();
    if (!(await use(token))) await use(await accessToken.reject(token));
    return { ok: served.at(-1)?.isAccepted === true, served };
  } catch (error) {
    log.error('call failed', { error });
    return { ok: false, served, error: error instanceof Error ? error.message : 'unknown' };
  }

  async function use(token: Secret): Promise<boolean> {
    const config = loadConfig(process.env, ['apiBaseUrl']);
    const errcode = await askCallbackIp(config.apiBaseUrl, token);
    if (errcode !== 0 && !REFUSED.includes(errcode)) throw new Error(`errcode ${errcode}`);
    const isAccepted = errcode === 0;
    served.push({ generation: Number.parseInt(token.reveal(), 10), isAccepted });
    return isAccepted;
  }
}

function tokensOf({ scenario, tokenKind }: v.InferOutput<typeof eventSchema>): SharedTokens {
  const known = byScenario.get(scenario);
  if (known) return known;
  const config = loadConfig(process.env, apiSettings);
  const tokens = createTokens({
    store: storeOf(config),
    wechat: { transport, baseUrl: config.apiBaseUrl },
    config: { ...config, tokenKind },
    clock: systemClock,
    random: Math.random,
    log,
  });
  byScenario.set(scenario, tokens);
  return tokens;
}

function storeOf(config: Pick<Config, (typeof database.settings)[number]>): DrivenStore {
  return database.store({ env: process.env, clock: systemClock }, config, log);
}

/** A call that needs a token and changes nothing. */
async function askCallbackIp(baseUrl: string, token: Secret): Promise<number> {
  const source = { get: async () => token, reject: async () => token };
  const api = createClient({
    transport,
    baseUrl,
    token: source,
    clock: systemClock,
    random: Math.random,
    log,
  });
  try {
    await api.network.listCallbackIps(undefined, { timeoutMs: USE_TIMEOUT_MS, repeat: false });
    return 0;
  } catch (error) {
    if (error instanceof WeChatError) return error.errcode;
    throw error;
  }
}
