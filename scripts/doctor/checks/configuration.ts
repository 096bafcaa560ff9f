import { loadEnvironment } from '../../../shared/kernel/config.ts';
import { type Check, failure, ok, warning } from '../check.ts';
import { settingNamesFor } from '../deployment.ts';

/** With a larger difference pushes are refused, and signatures end too early. */
const MAX_SKEW_MS = 5_000;

export const configurationChecks: readonly Check[] = [
  {
    name: 'settings',
    async run(deployment) {
      const { pushDoor, mode, token, metricsKey } = deployment.config(
        ...settingNamesFor(deployment),
      );
      const isSigned = pushDoor === 'signed';
      if (isSigned && mode !== 'safe') {
        return warning(
          `The message push is in ${mode} mode, so the words of followers are sent in plain text.`,
          'Set WECHAT_MODE=safe here and 安全模式 under 域名与消息推送配置 on https://developers.weixin.qq.com/platform, then deploy.',
        );
      }
      if (isSigned && token.reveal().length < 8) {
        return warning('WECHAT_TOKEN is short.', 'Take 32 random letters and digits.');
      }
      return ok(
        `All settings are plausible${metricsKey ? '' : '; METRICS_KEY is empty, so the metrics cannot be read'}.`,
      );
    },
  },
  {
    name: 'variables of the account',
    async run({ env, readVariables }) {
      const variables = await readVariables();
      loadEnvironment(env, [], variables);
      const names = Object.keys(variables);
      return ok(names.length > 0 ? `${names.join(', ')} are plausible.` : 'It declares none.');
    },
  },
  {
    name: 'keys of Tencent Cloud',
    async run(deployment) {
      const { AppId } = await deployment.cloud()('cam', 'GetUserAppId', {});
      return ok(`The keys belong to account ${AppId}.`);
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
        return warning(
          'WeChat did not tell its time.',
          'Compare the clock of this machine by hand.',
        );
      }
      // WeChat's header has whole seconds, and was written between the request and the answer.
      const skew = Math.max(0, theirs - after, before - theirs - 1_000);
      if (skew <= MAX_SKEW_MS) return ok('The clock of this machine agrees with that of WeChat.');
      return failure(
        `The clock of this machine differs from that of WeChat by ${Math.round(skew / 1000)} s.`,
        `Set the clock; pushes are refused from a difference of ${timestampWindowSeconds} s on.`,
      );
    },
  },
];
