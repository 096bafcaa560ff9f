import { type Check, failure, ok, warning } from '../check.ts';
import { settingNames } from '../world.ts';

/** Further from ours than this, pushes begin to be refused and signatures to end too early. */
const MAX_SKEW_MS = 5_000;

export const configurationChecks: readonly Check[] = [
  {
    name: 'settings',
    async run(world) {
      const { mode, token, metricsKey } = world.config(...settingNames);
      if (mode !== 'safe') {
        return warning(
          `The message push is in ${mode} mode: what followers write travels in plain text.`,
          'Set WECHAT_MODE=safe here and "安全模式" in the WeChat console, then deploy.',
        );
      }
      if (token.reveal().length < 8) {
        return warning('WECHAT_TOKEN is short.', 'Take 32 random letters and digits.');
      }
      return ok(
        `All are plausible${metricsKey ? '' : '; METRICS_KEY is empty, so nobody can read the metrics'}.`,
      );
    },
  },
  {
    name: 'keys of Tencent Cloud',
    async run(world) {
      const { AppId } = await world.cloud()<{ readonly AppId: number }>('cam', 'GetUserAppId', {});
      return ok(`They belong to account ${AppId}.`);
    },
  },
  {
    name: 'clock',
    async run({ transport, clock, config }) {
      const { apiBaseUrl, timestampWindowSeconds } = config('apiBaseUrl', 'timestampWindowSeconds');
      const before = clock.now();
      const answer = await transport({
        method: 'GET',
        url: `${apiBaseUrl}/`,
        headers: {},
        body: undefined,
        fresh: true,
        signal: AbortSignal.timeout(10_000),
      });
      const after = clock.now();
      answer.body.destroy();
      const theirs = Date.parse(answer.header('date') ?? '');
      if (Number.isNaN(theirs)) {
        return warning('WeChat did not say what time it is.', 'Compare this clock by hand.');
      }
      // Their header has whole seconds, and was written at some time in between.
      const skew = Math.max(0, theirs - after, before - theirs - 1_000);
      if (skew <= MAX_SKEW_MS) return ok('It agrees with that of WeChat.');
      return failure(
        `It is ${Math.round(skew / 1000)} s away from that of WeChat.`,
        `Set the clock of this machine; pushes are refused beyond ${timestampWindowSeconds} s.`,
      );
    },
  },
];
