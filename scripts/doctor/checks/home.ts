import { DOCTOR_EVENT } from '../../../shared/callback/probe.ts';
import { collect } from '../../../shared/kernel/collect.ts';
import { HEALTH_PATH } from '../../../shared/scf/server.ts';
import { TransportError, type TransportRequest } from '../../../shared/wechat/client/transport.ts';
import { invokeDeployed } from '../../cloud/deployed-function.ts';
import { CONTAINER_PATH } from '../../deploy/wechat/pushes.ts';
import { findService, NoCliError } from '../../deploy/wechat/wxcloud.ts';
import { contradictionsOf } from '../../project/home.ts';
import { type Check, type Finding, failure, ok, warning } from '../check.ts';
import type { Deployment } from '../deployment.ts';

const MAX_ANSWER_BYTES = 4_096;
const CLOSE =
  'Switch 公网访问 off in the settings of the service (服务设置), and set PUSH_PUBLIC_ACCESS=off.';

/** What somebody outside may send, and the header with which it pretends to be WeChat. */
const probes = [
  { what: 'the question for the path', headers: {}, isMessage: false },
  { what: 'a push without the header', headers: {}, isMessage: true },
  { what: 'a push of a client', headers: { 'x-wx-source': 'wx_client' }, isMessage: true },
  {
    what: 'a push with a forged header',
    headers: { 'x-wx-source': 'wx_unknown' },
    isMessage: true,
  },
] as const;

export const homeChecks: readonly Check[] = [
  {
    name: 'home',
    async run({ env }) {
      const found = contradictionsOf(env);
      const fatal = found.filter(({ isFatal }) => isFatal);
      const worst = fatal.length > 0 ? fatal : found;
      if (worst.length === 0) return ok('The settings fit to each other and to the home.');
      const say = fatal.length > 0 ? failure : warning;
      return say(worst.map(({ why }) => why).join(' '), worst.map(({ todo }) => todo).join(' '));
    },
  },
  {
    name: 'callback: container door',
    isFor: ({ env }) => env.PUSH_DOOR === 'container',
    async run(deployment) {
      const place = await addressOf(deployment);
      if (typeof place !== 'string') return place;
      const answers = await Promise.all(
        probes.map(async (probe) => ({
          ...probe,
          status: await knock(deployment, place, probe),
        })),
      );
      const open = answers.filter(({ status }) => status === 200);
      const said = answers.map(({ what, status }) => `${what}: ${status ?? 'no answer'}`);
      const { pushPublicAccess } = deployment.config('pushPublicAccess');
      if (open.length > 0) {
        return failure(
          `Anybody can write to the account as any follower: ${said.join(', ')}.`,
          CLOSE,
        );
      }
      if (pushPublicAccess === 'off' && (await isReached(deployment, place))) {
        return failure(
          `The callback is reached from outside at ${place}, and refused what was sent; PUSH_PUBLIC_ACCESS is off, so that another version would believe it.`,
          CLOSE,
        );
      }
      return ok(`From outside nothing is taken: ${said.join(', ')}.`);
    },
  },
  {
    name: 'callback: cloud-function door',
    isFor: ({ env }) => env.PUSH_DOOR === 'cloud-function',
    async run(deployment) {
      const { cloudbaseEnvId } = deployment.config('cloudbaseEnvId');
      const { Domains } = await deployment.cloud()('tcb', 'DescribeHTTPServiceRoute', {
        EnvId: cloudbaseEnvId,
      });
      const paths = (Domains ?? []).flatMap(({ Domain, Routes }) =>
        (Routes ?? [])
          .filter(({ UpstreamResourceName }) => UpstreamResourceName === 'callback')
          .map(({ Path }) => `${Domain}${Path}`),
      );
      if (paths.length > 0) {
        return failure(
          `The callback has an address, which a cloud function needs not: ${paths.join(', ')}.`,
          `Delete the path under HTTP 访问服务 at https://tcb.cloud.tencent.com/dev?envId=${cloudbaseEnvId}#/env/http-access.`,
        );
      }
      const callback = await deployment.place('callback');
      const answer = await invokeDeployed(deployment.cloud(), callback, message(deployment));
      if (answer === '') return ok('It has no address, and refuses a call that is no push.');
      return warning(
        'It takes a call with the keys of the environment for a push of WeChat.',
        'If WeChat\'s pushes come from no such source, take "none" and the sources of servers out of PUSH_SOURCES, and deploy.',
      );
    },
  },
];

/** Where the container can be reached from outside; a finding if it cannot, or nobody tells where. */
async function addressOf(deployment: Deployment): Promise<string | Finding> {
  const { env, url } = deployment;
  if (url !== undefined) return url;
  const unknown = (why: string) =>
    warning(
      `Whether the container can be reached from outside was not tried: ${why}`,
      'Give its public address by --url, or look whether 公网访问 is off in the settings of the service.',
    );
  if (!env.WXCLOUD_ENV_ID) return unknown('WXCLOUD_ENV_ID is not set.');
  try {
    const { isPublic, address } = await findService(env, {
      envId: env.WXCLOUD_ENV_ID,
      service: env.WXCLOUD_SERVICE || 'callback',
    });
    if (!isPublic) return ok('Public access of the service is off: nobody outside reaches it.');
    return address ?? unknown('public access is on, and the service names no address.');
  } catch (error) {
    if (error instanceof NoCliError) return unknown(error.message);
    throw error;
  }
}

/** Whether it is our server that answers there, and not the platform in front of it. */
async function isReached(deployment: Deployment, address: string): Promise<boolean> {
  const url = new URL(HEALTH_PATH, address).href;
  return (await statusOf(deployment, { method: 'GET', url, headers: {}, body: undefined })) === 200;
}

function knock(
  deployment: Deployment,
  address: string,
  { headers, isMessage }: (typeof probes)[number],
): Promise<number | undefined> {
  const body = isMessage ? message(deployment) : { action: 'CheckContainerPath' };
  return statusOf(deployment, {
    method: 'POST',
    url: new URL(CONTAINER_PATH, address).href,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(body)),
  });
}

/** The status of the answer; undefined if there is none, as it should be. */
async function statusOf(
  { transport }: Deployment,
  request: Pick<TransportRequest, 'method' | 'url' | 'headers' | 'body'>,
): Promise<number | undefined> {
  const signal = AbortSignal.timeout(10_000);
  try {
    const answer = await transport({ ...request, fresh: true, signal });
    await collect(answer.body, MAX_ANSWER_BYTES);
    return answer.status;
  } catch (error) {
    if (error instanceof TransportError || signal.aborted) return undefined;
    throw error;
  }
}

/** An event that WeChat never sends. */
function message({ clock }: Deployment) {
  return {
    ToUserName: 'doctor',
    FromUserName: 'doctor',
    CreateTime: Math.floor(clock.now() / 1000),
    MsgType: 'event',
    Event: DOCTOR_EVENT,
  };
}
