import { writeFileSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import { type CloudApi, cloudApiFrom } from '../cloud/api.ts';
import { loadEnvFile } from '../cloud/keys.ts';
import { type RecordedCall, recordingApi } from '../cloud/recording.ts';
import { createRedactor } from '../cloud/redaction.ts';
import { readVariables } from '../project/account.ts';
import { ownAccount } from '../project/root.ts';
import { waitForToken } from './checks/functions.ts';
import { deploymentOf } from './deployment.ts';
import { checks, type Diagnosis, examine } from './doctor.ts';
import { knownValues, recordingOf } from './recording.ts';

const WAIT_MINUTES = 10;

const HELP = `Usage: npm run doctor -- [options]

Checks whether a deployed account works: settings, variables, keys, clock, PostgreSQL, collections, and the callback,
called as WeChat calls it, from here; token, WeChat, quotas, menu and failed jobs from the deployed worker,
because WeChat answers only addresses of its IP whitelist. It changes nothing but that the callback gets one
event, fuwuhao_doctor, and that a first token is made. Each line says ok, warning or failure, the reason,
and what to do.
Settings and keys come from the environment or from .env; the address of the callback comes from
Tencent Cloud.

  --url <address>  the address of the callback, if it is behind a domain that CUSTOM_DOMAIN does not name, or
                   in a container of WeChat Cloud Run, where forged pushes are tried from outside
  --stage <name>   the stage of the deploy (default dev); reads .env.<name> instead of .env, if it exists
  --wait           wait for a first token, ${WAIT_MINUTES} minutes at most: right after a first deploy, and
                   while its address is put into the IP whitelist
  --ci             for pipelines: waits, prints no colours, and marks failures for GitHub Actions
  --record <file>  write each call of the cloud API and its answer to a file, with secrets and ids
                   replaced: attach it to a report, and it becomes a test of this project
  --slow           also try, for ten seconds, whether slow handlers go on after WeChat has hung up, as they
                   must to answer while it asks again
  --json           print the findings as JSON
  --help           print this

Exit code: 0 if no check failed, 1 if one did.

It checks: ${checks.map(({ name }) => name).join(', ')}.`;

const marks = { ok: ['green', '✓'], warning: ['yellow', '!'], failure: ['red', '✗'] } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        url: { type: 'string' },
        stage: { type: 'string', default: 'dev' },
        wait: { type: 'boolean', default: false },
        ci: { type: 'boolean', default: false },
        record: { type: 'string' },
        slow: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const { stage, url, json, ci } = values;
    const root = process.cwd();
    loadEnvFile(root, stage);
    const calls: RecordedCall[] = [];
    const deployment = deploymentOf({
      env: process.env,
      ...(values.record === undefined ? {} : { cloud: recorder(calls) }),
      stage,
      triesSlow: values.slow,
      readVariables: () => readVariables(root, ownAccount(root)),
      ...(url ? { url } : {}),
    });
    if (values.wait || ci) {
      await waitForToken(deployment, WAIT_MINUTES * 60_000, (why) =>
        console.error(`Waiting for a first token. ${why}`),
      );
    }
    const all = await examine(deployment, (diagnosis) => {
      if (!json) console.log(lineOf(diagnosis, ci));
    });
    if (json) console.log(JSON.stringify(all));
    if (values.record !== undefined) {
      const recording = recordingOf(stage, process.env, Date.now(), all, calls);
      writeFileSync(values.record, `${JSON.stringify(recording, null, 2)}\n`, { mode: 0o600 });
      console.error(
        `${calls.length} calls are in ${values.record}, without secrets and ids. Look through it before you hand it on.`,
      );
    }
    return all.some(({ state }) => state === 'failure') ? 1 : 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

/** The cloud API of the environment, which tells of its calls; without keys each of them fails. */
function recorder(calls: RecordedCall[]): CloudApi {
  const redactor = createRedactor(knownValues(process.env));
  return async (...call) =>
    recordingApi(cloudApiFrom(process.env), redactor, (made) => calls.push(made))(...call);
}

function lineOf({ name, state, why, todo }: Diagnosis, isPlain: boolean): string {
  const [colour, mark] = marks[state];
  const title = isPlain ? `${mark} ${name}` : styleText(colour, `${mark} ${name}`);
  const line = `${title}: ${why}${todo ? `\n    → ${todo}` : ''}`;
  const isMarked = isPlain && state === 'failure' && process.env.GITHUB_ACTIONS === 'true';
  return isMarked ? `${line}\n${annotation(name, [why, todo].join(' ').trim())}` : line;
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function annotation(title: string, message: string): string {
  const escaped = (text: string) =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const name = escaped(title).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::error title=${name}::${escaped(message)}`;
}
