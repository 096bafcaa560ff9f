import { parseArgs } from 'node:util';
import { loadConfig } from '../../shared/kernel/config.ts';
import { cloudApiFrom } from '../cloud/api.ts';
import { DEFAULT_REGION, loadEnvFile } from '../cloud/keys.ts';
import { ownRoot } from '../project/root.ts';
import { serviceName } from '../project/service-name.ts';
import { stepLine } from '../provision/step-line.ts';
import { clicksOf } from './clicks.ts';
import { namesOf } from './names.ts';
import type { PolicyPlaces } from './policies.ts';
import { type SetupReport, setUp } from './setup.ts';

const HELP = `Usage: npm run setup -- [options]

Makes what a stage needs in an account of Tencent Cloud and only its owner may make, once: opens the
log service and makes a topic, makes the role that the functions run as (SCF may take it; it may use
one CloudBase environment and wake the worker), and a sub-account for the deploy, each with the policy
of scripts/setup/policies. It does only what is missing, shows each step, and prints what belongs into
.env. Run it with the owner's keys in the environment (TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY)
and delete those afterwards; everything else works with the keys of the sub-account, which you make in
the console and nobody else sees. CLOUDBASE_ENV_ID and TENCENTCLOUD_REGION come from the environment or
from .env.

  --stage <name>   the stage (default dev); reads .env.<name> instead of .env, if it exists
  --dry-run        only say what would be made
  --replace        make policies and roles of these names what the files say, where they differ
  --print          print the same as steps to click, with the policies to paste; calls nothing
  --json           print the steps as JSON
  --help           print this

Exit code: 0 if everything is as it should be (with --dry-run: could be made), 1 if not.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        stage: { type: 'string', default: 'dev' },
        'dry-run': { type: 'boolean', default: false },
        replace: { type: 'boolean', default: false },
        print: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const { stage, json } = values;
    const service = serviceName(ownRoot);
    loadEnvFile(ownRoot, stage);
    const region = process.env.TENCENTCLOUD_REGION || DEFAULT_REGION;
    if (values.print) {
      console.log(clicksOf(placesToFillIn(process.env, { service, stage, region })));
      return 0;
    }
    const { cloudbaseEnvId: envId } = loadConfig(process.env, ['cloudbaseEnvId']);
    const api = cloudApiFrom(process.env);
    const { Uin, OwnerUin: uin = '', AppId } = await api('cam', 'GetUserAppId', {});
    if (Uin !== uin) {
      console.error(
        'These are the keys of a sub-account. Unless it may manage access (QcloudCamFullAccess) and open CLS, run this with keys of the owner of the account, or give the owner what --print prints.',
      );
    }
    const report = await setUp({
      api,
      places: { uin, appid: String(AppId), region, envId, service, stage },
      isDryRun: values['dry-run'],
      replace: values.replace,
      onStep: (step) => json || console.log(stepLine(step, 'would be made')),
    });
    if (json) console.log(JSON.stringify(report.steps));
    else if (!values['dry-run']) console.log(nextSteps({ service, stage }, report));
    return report.steps.some(({ state }) => state === 'conflict') ? 1 : 0;
  } catch (error) {
    console.error(`Setting up stopped: ${(error as Error).message}`);
    return 1;
  }
}

function nextSteps(
  deployment: { readonly service: string; readonly stage: string },
  { logs }: SetupReport,
): string {
  const names = namesOf(deployment);
  return `
Into .env (or .env.${deployment.stage}):
SCF_ROLE=${names.role}
CLS_LOGSET_ID=${logs?.logsetId ?? ''}
CLS_TOPIC_ID=${logs?.topicId ?? ''}

Then make keys for ${names.subAccount} at https://console.cloud.tencent.com/cam (用户列表 → ${names.subAccount} → API 密钥), put
them there as TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, and delete the owner's keys.`;
}

/** What is not known stands there as a word to replace. */
function placesToFillIn(
  env: Readonly<Record<string, string | undefined>>,
  known: Pick<PolicyPlaces, 'service' | 'stage' | 'region'>,
): PolicyPlaces {
  return {
    uin: '<主账号 ID>',
    appid: '<APPID>',
    ...known,
    envId: env.CLOUDBASE_ENV_ID || '<CLOUDBASE_ENV_ID>',
    topicId: env.CLS_TOPIC_ID || '<CLS_TOPIC_ID>',
  };
}
