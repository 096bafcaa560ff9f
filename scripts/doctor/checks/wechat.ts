import { type Check, failure, ok, warning } from '../check.ts';

/** The used part of a day's calls from which the doctor warns. */
const FULL = 0.8;
const WATCHED = ['/cgi-bin/message/custom/send', '/cgi-bin/user/info', '/cgi-bin/menu/create'];

export const wechatChecks: readonly Check[] = [
  {
    name: 'token, from this machine',
    async run(deployment) {
      await deployment.wechat();
      return ok('WeChat gives a token for this AppID and AppSecret.');
    },
  },
  {
    name: 'WeChat, from the functions',
    async run(deployment) {
      const { FunctionName, Namespace } = await deployment.place('menu');
      const { Result } = await deployment.cloud()<{ readonly Result: InvokeResult }>(
        'scf',
        'Invoke',
        {
          FunctionName,
          Namespace,
          ClientContext: JSON.stringify({ action: 'current' }),
        },
      );
      const answer = JSON.parse(Result.RetMsg || '{}') as MenuAnswer;
      if (Result.InvokeResult !== 0) {
        return failure(`menu failed: ${Result.ErrMsg}`, 'Its log says more.');
      }
      if (!answer.ok) {
        const { message = 'no reason', details } = answer.error ?? {};
        return failure(message, details?.advice ?? 'See the log of menu.');
      }
      return answer.data?.is_menu_open
        ? ok('The functions reach WeChat, and the account shows a menu.')
        : warning(
            'The functions reach WeChat; the account shows no menu.',
            `To create one: npm run invoke -- menu create @examples/menu.json --stage ${deployment.stage}`,
          );
    },
  },
  {
    name: 'callback/check',
    async run(deployment) {
      const api = await deployment.wechat();
      const { ping = [] } = await api.network.checkCallback({
        action: 'all',
        check_operator: 'DEFAULT',
      });
      const lossy = ping.filter(({ package_loss }) => Number.parseFloat(package_loss) > 0);
      if (lossy.length === 0) return ok('WeChat reaches the server of the configured URL.');
      const [worst] = lossy;
      return warning(
        `WeChat loses ${worst?.package_loss} of its packets to ${worst?.ip}.`,
        'If this lasts, choose another region (TENCENTCLOUD_REGION).',
      );
    },
  },
  {
    name: 'quotas',
    async run(deployment) {
      const api = await deployment.wechat();
      const full: string[] = [];
      for (const cgi_path of WATCHED) {
        const { quota } = await api.openapi.getQuota({ cgi_path });
        if (quota.used >= FULL * quota.daily_limit) {
          full.push(`${cgi_path}: ${quota.used} of ${quota.daily_limit}`);
        }
      }
      if (full.length === 0) return ok('Less than 80 % of each daily allowance is used.');
      return warning(
        `Used today: ${full.join(', ')}.`,
        'WeChat renews the allowances at midnight in Beijing.',
      );
    },
  },
];

interface InvokeResult {
  readonly InvokeResult: number;
  readonly RetMsg: string;
  readonly ErrMsg: string;
}

interface MenuAnswer {
  readonly ok?: boolean;
  readonly data?: { readonly is_menu_open?: boolean | number };
  readonly error?: { readonly message?: string; readonly details?: { readonly advice?: string } };
}
