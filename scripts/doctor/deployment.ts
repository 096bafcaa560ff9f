import { type Clock, systemClock } from '../../shared/kernel/clock.ts';
import { loadConfig } from '../../shared/kernel/config.ts';
import { type Config, type SettingName, settings } from '../../shared/kernel/settings.ts';
import type { Variables } from '../../shared/kernel/variable.ts';
import type { Examination } from '../../shared/monitoring/examination.ts';
import { createHttpTransport, type Transport } from '../../shared/wechat/client/index.ts';
import { driverFrom } from '../build/sdk-bundle.ts';
import { type CloudApi, cloudApiFrom } from '../cloud/api.ts';
import { invokeInContainer } from '../cloud/container.ts';
import { type DeployedFunction, findDeployed, invokeDeployed } from '../cloud/deployed-function.ts';
import { addressIn } from '../deploy/plugin/triggers.ts';
import { signedSettings } from '../project/home.ts';
import { ownRoot } from '../project/root.ts';
import { serviceName } from '../project/service-name.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface DoctorOptions {
  readonly env: Env;
  readonly stage: string;
  /** Reads the variables that the account declares; without it there are none. */
  readonly readVariables?: () => Promise<Variables>;
  /** Whether to try, for some ten seconds, if slow handlers go on while WeChat asks again. */
  readonly triesSlow?: boolean;
  /** The address of the callback; without it the doctor looks it up. */
  readonly url?: string;
  /** The cloud API, if it is not that of the environment: one that records, or a recording. */
  readonly cloud?: CloudApi;
  readonly clock?: Clock;
}

/** The deployed account that the checks look at. Each part is made when a check needs it. */
export interface Deployment {
  readonly env: Env;
  readonly stage: string;
  /** What the account declares. */
  readVariables(): Promise<Variables>;
  readonly clock: Clock;
  readonly triesSlow: boolean;
  /** The address of the callback, if the operator gave one. */
  readonly url?: string;
  readonly transport: Transport;
  /** @throws AppError if one of the settings is wrong */
  config<const Name extends SettingName>(...names: Name[]): Pick<Config, Name>;
  /** @throws Error without keys of Tencent Cloud */
  cloud(): CloudApi;
  /** What the deployed worker finds, asked once, or again. @throws Error if it is not deployed */
  examine(when?: 'anew'): Promise<Examination>;
  /** Where a function is deployed: SCF, or else CloudBase. @throws Error if it is not deployed */
  place(name: string): Promise<DeployedFunction>;
  /** The address that WeChat calls. @throws Error if the callback has none */
  callbackUrl(): Promise<string>;
}

export function deploymentOf({
  env,
  stage,
  url,
  cloud,
  triesSlow = false,
  clock = systemClock,
  readVariables = () => Promise.resolve({}),
}: DoctorOptions): Deployment {
  const transport = createHttpTransport({ clock });
  let examination: Promise<Examination> | undefined;

  const deployment: Deployment = {
    env,
    stage,
    readVariables,
    clock,
    triesSlow,
    ...(url === undefined ? {} : { url }),
    transport,
    config: (...names) => loadConfig(env, names),
    cloud: () => cloud ?? cloudApiFrom(env),
    examine(when) {
      if (when === 'anew') examination = undefined;
      examination ??= askWorker();
      return examination;
    },
    async place(name) {
      const needsCloudbase = settingNamesFor(deployment).includes('cloudbaseEnvId');
      const { cloudbaseEnvId } = needsCloudbase
        ? deployment.config('cloudbaseEnvId')
        : { cloudbaseEnvId: env.CLOUDBASE_ENV_ID };
      return findDeployed(deployment.cloud(), name, {
        service: serviceName(ownRoot),
        stage,
        envId: cloudbaseEnvId,
      });
    },
    async callbackUrl() {
      if (url !== undefined) return url;
      if (env.CUSTOM_DOMAIN) return `https://${env.CUSTOM_DOMAIN}/`;
      const { Namespace, triggers } = await deployment.place('callback');
      const address = triggers.map(addressIn).find((each) => each !== undefined);
      if (address !== undefined) return address;
      const { Domains } = await deployment.cloud()('tcb', 'DescribeHTTPServiceRoute', {
        EnvId: Namespace,
      });
      const domain = Domains?.find(({ IsDefault, Enable }) => IsDefault && Enable !== false);
      const route = domain?.Routes?.find((each) => each.UpstreamResourceName === 'callback');
      if (!domain?.Domain || !route?.Path) {
        throw new Error(
          `The HTTP access of ${Namespace} has no path that leads to the callback: npm run deploy:tcb makes it.`,
        );
      }
      return `https://${domain.Domain}${route.Path}`;
    },
  };
  return deployment;

  async function askWorker(): Promise<Examination> {
    const event = { action: 'examine' };
    const answer =
      env.PUSH_DOOR === 'container'
        ? await invokeInContainer(
            { url, transport, ...deployment.config('invokeKey') },
            'worker',
            event,
          )
        : await invokeDeployed(deployment.cloud(), await deployment.place('worker'), event);
    const { ok, data, error } = Object(answer) as WorkerAnswer;
    if (ok === true && data) return data;
    const message = error?.message ?? 'The worker gave no answer.';
    throw new Error(
      message.includes('no action "examine"')
        ? `The deployed worker cannot look at the account: it is older than this checkout. npm run deploy -- --stage ${stage}`
        : message,
    );
  }
}

interface WorkerAnswer {
  readonly ok?: boolean;
  readonly data?: Examination;
  readonly error?: { readonly message?: string };
}

/**
 * The settings that the functions of a deployment read: those built for PostgreSQL need no CloudBase, and
 * inside WeChat Cloud nothing is signed.
 */
export function settingNamesFor({ env }: Pick<Deployment, 'env'>): readonly SettingName[] {
  const unread: readonly SettingName[] = [
    ...(driverFrom(env) === 'postgres' ? (['cloudbaseEnvId'] as const) : []),
    ...((env.PUSH_DOOR || 'signed') === 'signed' ? [] : signedSettings),
  ];
  return (Object.keys(settings) as SettingName[]).filter((name) => !unread.includes(name));
}
