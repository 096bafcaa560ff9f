import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const folder = import.meta.dirname;
const root = path.resolve(folder, '../..');
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const pipelines = ['github-actions.yml', 'cnb.yml', 'coding.Jenkinsfile'];
const files = readdirSync(folder).filter((name) => !name.endsWith('.ts') && name !== 'README.md');

describe('the pipelines', () => {
  test.each(files)('%s names only commands and files that are there', (name) => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      readonly scripts: object;
    };
    const text = read(name);
    const commands = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, each]) => each);
    const shells = [...text.matchAll(/sh (examples\/[\w/.-]+)/g)].map(([, each = '']) => each);

    expect(commands.filter((each) => !Object.hasOwn(scripts, each ?? ''))).toEqual([]);
    for (const each of shells) expect(() => readFileSync(path.join(root, each))).not.toThrow();
    expect(commands.length + shells.length).toBeGreaterThan(0);
  });

  test.each(pipelines)('%s tests before it deploys', (name) => {
    const text = read(name);

    expect(text.indexOf('npm run check')).toBeGreaterThan(0);
    expect(text.lastIndexOf('examples/ci/deploy.sh prod')).toBeGreaterThan(
      text.indexOf('npm run check'),
    );
  });

  test('GitHub tests on both ends of Node.js, and deploys with temporary keys, one push at a time', () => {
    const { jobs } = parse(read('github-actions.yml')) as GithubActions;

    expect(jobs.test.strategy.matrix.node).toEqual([20, 24]);
    expect(jobs.deploy).toMatchObject({
      needs: 'test',
      if: "github.event_name == 'push'",
      permissions: { 'id-token': 'write' },
      concurrency: { 'cancel-in-progress': false },
    });
    const runs = jobs.deploy.steps.flatMap(({ run }) => (run ? [run] : []));
    expect(runs).toEqual([
      'npm ci',
      'sh examples/ci/temporary-keys.sh',
      'sh examples/ci/deploy.sh prod',
    ]);
    expect(read('github-actions.yml')).not.toMatch(/secrets\.TENCENTCLOUD/);
  });

  test('CNB tests on both ends of Node.js, and only pushes to main see the keys', () => {
    const { main } = parse(read('cnb.yml'), { merge: true }) as Cnb;

    expect(main.push.map(({ imports }) => typeof imports)).toEqual(['string']);
    expect(main.pull_request.map(({ docker, imports }) => [docker.image, imports])).toEqual([
      ['node:24-bookworm', undefined],
      ['node:20-bookworm', undefined],
    ]);
    for (const { stages } of [...main.push, ...main.pull_request]) {
      for (const stage of stages) expect(Object.keys(stage)).toEqual(['name', 'script']);
    }
  });
});

interface GithubActions {
  readonly jobs: {
    readonly test: { readonly strategy: { readonly matrix: { readonly node: readonly number[] } } };
    readonly deploy: { readonly steps: readonly { readonly run?: string }[] };
  };
}

interface CnbPipeline {
  readonly docker: { readonly image: string };
  readonly imports?: string;
  readonly stages: readonly { readonly name: string; readonly script: string }[];
}
interface Cnb {
  readonly main: {
    readonly push: readonly CnbPipeline[];
    readonly pull_request: readonly CnbPipeline[];
  };
}

/** Programs that stand before the real ones on the PATH: what they are told is kept, line by line. */
let bin: string;
beforeEach(() => {
  bin = mkdtempSync(path.join(tmpdir(), 'ci-'));
});
afterEach(() => rmSync(bin, { recursive: true }));

function program(name: string, script: string): void {
  writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, name), 0o755);
}

function run(script: string, args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync('sh', [path.join(folder, script), ...args], {
    env: { PATH: `${bin}:${process.env.PATH}`, BIN: bin, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('deploy.sh', () => {
  const list =
    'RELEASE  deployed at (UTC)  functions\\nr2  2026-11-28T10:00:00  callback\\nr1  …\\n';
  /** Runs it with commands of which some fail; gives its exit code and what it ran. */
  function deploy(failing: string | undefined, releases = list) {
    const fails = failing ? `case "$*" in ${failing}) exit 1 ;; esac` : '';
    program(
      'npm',
      `echo "$*" >> "$BIN/log"; case "$*" in *"deploy list"*) printf '${releases}' ;; esac; ${fails}`,
    );
    const { status, stderr } = run('deploy.sh', ['prod']);
    const ran = readFileSync(path.join(bin, 'log'), 'utf8').trim().split('\n');
    return { status, stderr, ran: ran.map((each) => each.replace(/^run (?:--silent )?/, '')) };
  }
  const before = [
    'provision -- --check --stage prod',
    'serverless -- deploy list --stage prod',
    'deploy -- --stage prod',
  ];
  const doctor = 'doctor -- --ci --stage prod';
  const rollback = 'serverless -- rollback -t r2 --stage prod';

  test('deploys, and is green if the doctor is', () => {
    expect(deploy(undefined)).toMatchObject({ status: 0, ran: [...before, doctor] });
  });

  test('goes back to the release before if the doctor is red, and stays red', () => {
    const { status, ran, stderr } = deploy('*doctor*');

    expect({ status, ran }).toEqual({ status: 1, ran: [...before, doctor, rollback] });
    expect(stderr).toContain('going back to release r2');
  });

  test('goes back if the deploy itself fails', () => {
    const { status, ran } = deploy('"run deploy"*');

    expect({ status, ran }).toEqual({ status: 1, ran: [...before, rollback] });
  });

  test('a first deploy has nothing to go back to', () => {
    const { status, ran, stderr } = deploy('*doctor*', 'There is no release yet.\\n');

    expect({ status, ran }).toEqual({ status: 1, ran: [...before, doctor] });
    expect(stderr).toContain('no release to go back to');
  });

  test('deploys nothing while collections are missing', () => {
    expect(deploy('*provision*')).toMatchObject({ status: 1, ran: [before[0]] });
  });

  test('wants to know the stage', () => {
    expect(run('deploy.sh', [])).toMatchObject({
      status: expect.any(Number),
      stderr: expect.stringContaining('Name the stage'),
    });
    expect(run('deploy.sh', []).status).not.toBe(0);
  });
});

describe('temporary-keys.sh', () => {
  const env = {
    CAM_OIDC_PROVIDER: 'github',
    CAM_ROLE_ARN: 'qcs::cam::uin/100000000001:roleName/fuwuhao-deploy',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/?a=1',
  };
  /** STS answers as its documents say. https://cloud.tencent.com/document/api/1312/73070 */
  function exchange(answer: object) {
    program(
      'curl',
      `echo "$*" >> "$BIN/log"
       case "$*" in
         *sts.tencentcloudapi.com/*) cat > "$BIN/request"; printf '%s' '${JSON.stringify({ Response: answer })}' ;;
         *) printf '%s' '{"value":"job-token"}' ;;
       esac`,
    );
    const file = path.join(bin, 'github-env');
    writeFileSync(file, '');
    const ran = run('temporary-keys.sh', [], { ...env, GITHUB_ENV: file });
    return { ...ran, kept: readFileSync(file, 'utf8'), file };
  }

  test('keeps the keys for the steps after it, masked in the log', () => {
    const { status, stdout, kept } = exchange({
      Credentials: { TmpSecretId: 'AKIDtmp', TmpSecretKey: 'key', Token: 'session' },
    });

    expect(status).toBe(0);
    expect(kept).toBe(
      'TENCENTCLOUD_SECRET_ID=AKIDtmp\nTENCENTCLOUD_SECRET_KEY=key\nTENCENTCLOUD_SESSION_TOKEN=session\n',
    );
    expect(stdout.trim().split('\n')).toEqual([
      '::add-mask::AKIDtmp',
      '::add-mask::key',
      '::add-mask::session',
    ]);
    expect(JSON.parse(readFileSync(path.join(bin, 'request'), 'utf8'))).toEqual({
      ProviderId: 'github',
      RoleArn: env.CAM_ROLE_ARN,
      WebIdentityToken: 'job-token',
      RoleSessionName: 'github-actions',
      DurationSeconds: 3600,
    });
    expect(readFileSync(path.join(bin, 'log'), 'utf8')).toMatch(
      /Authorization: SKIP.*AssumeRoleWithWebIdentity/,
    );
  });

  test('fails with what STS says, and keeps nothing', () => {
    const { status, stderr, kept } = exchange({
      Error: { Code: 'InvalidParameter.OverTimeError', Message: 'The token has ended.' },
    });

    expect([status, kept]).toEqual([1, '']);
    expect(stderr).toContain('InvalidParameter.OverTimeError. The token has ended.');
  });
});
