import type { CloudRequest, CloudTypes } from '../../cloud/models/index.ts';
import { DEFAULT_RUNTIME } from '../../project/runtimes.ts';

/** A function as serverless.yml has it, after the framework has filled in its variables. */
export interface FunctionConfig extends Common {
  readonly handler: string;
  /** `http`: the platform starts the function's server and passes requests on. */
  readonly type?: 'event' | 'http';
  /** Requests at a time in one instance of an HTTP function. */
  readonly concurrency?: number;
  readonly url?: boolean | UrlConfig;
  readonly asyncInvoke?: { readonly maxRetries?: number; readonly maxAgeSeconds?: number };
  readonly reservedConcurrencyMem?: number;
  readonly events?: readonly { readonly timer?: TimerConfig }[];
}

export interface Common {
  readonly description?: string;
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly initTimeout?: number;
  readonly runtime?: string;
  readonly role?: string;
  readonly environment?: {
    readonly variables?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly vpcConfig?: { readonly vpcId?: string; readonly subnetId?: string };
  readonly fixedEgressIp?: boolean;
  /** Where the platform writes the lines of a function; without it, to a topic of its own. */
  readonly logs?: { readonly logsetId?: string; readonly topicId?: string };
}

interface UrlConfig {
  readonly authType?: 'NONE' | 'CAM';
  readonly extranet?: boolean;
  readonly intranet?: boolean;
  readonly cors?: {
    readonly origins?: readonly string[];
    readonly methods?: readonly string[];
    readonly headers?: readonly string[];
    readonly maxAgeSeconds?: number;
    readonly credentials?: boolean;
  };
}

interface TimerConfig {
  readonly name: string;
  readonly parameters: {
    readonly cronExpression: string;
    readonly enable?: boolean;
    readonly argument?: string;
  };
}

/** A function as it shall be in the cloud, in the words of its API and complete: nothing unsaid. */
export interface FunctionPlan {
  readonly type: 'Event' | 'HTTP';
  readonly runtime: string;
  readonly handler: string;
  readonly settings: Pick<
    CloudRequest<'scf', 'CreateFunction'>,
    | 'Description'
    | 'Role'
    | 'MemorySize'
    | 'Timeout'
    | 'InitTimeout'
    | 'VpcConfig'
    | 'PublicNetConfig'
    | 'ClsLogsetId'
    | 'ClsTopicId'
    | 'InstanceConcurrencyConfig'
  >;
  /** Apart, because no copy of it may be kept. Undefined: as it is in the cloud. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly triggers: readonly TriggerPlan[];
  readonly asyncTriggerConfig: CloudTypes['scf']['AsyncTriggerConfig'];
  readonly reservedMem: number;
}

export interface TriggerPlan {
  readonly TriggerName: string;
  readonly Type: 'timer' | 'http';
  readonly TriggerDesc: string;
  readonly Enable: 'OPEN' | 'CLOSE';
  readonly CustomArgument?: string;
}

/** The name of the address of a function; there is one at most. */
export const URL_TRIGGER = 'url';

/** What a function says wins over what the provider says; of their variables both count. */
export function planFunction(config: FunctionConfig, provider: Common): FunctionPlan {
  const either = { ...provider, ...config };
  const { vpcId = '', subnetId = '' } = either.vpcConfig ?? {};
  const { logsetId, topicId } = either.logs ?? {};
  const { maxRetries = 2, maxAgeSeconds = 21_600 } = config.asyncInvoke ?? {};
  const isHttp = config.type === 'http';
  if (!isHttp && config.concurrency !== undefined) {
    throw new Error(
      'serverless.yml gives a function `concurrency` without `type: http`: an event function takes one event at a time.',
    );
  }
  return {
    type: isHttp ? 'HTTP' : 'Event',
    runtime: either.runtime ?? DEFAULT_RUNTIME,
    handler: config.handler,
    settings: {
      Description: config.description ?? '',
      Role: either.role ?? '',
      MemorySize: either.memorySize ?? 128,
      Timeout: either.timeout ?? 3,
      InitTimeout: either.initTimeout ?? 65,
      VpcConfig: { VpcId: vpcId, SubnetId: subnetId },
      PublicNetConfig: {
        PublicNetStatus: 'ENABLE',
        EipConfig: { EipStatus: either.fixedEgressIp ? 'ENABLE' : 'DISABLE' },
      },
      ...(logsetId && topicId ? { ClsLogsetId: logsetId, ClsTopicId: topicId } : {}),
      ...(isHttp ? { InstanceConcurrencyConfig: concurrencyOf(config) } : {}),
    },
    variables: variablesOf(provider, config),
    triggers: [
      ...(config.url ? [urlTrigger(config.url === true ? {} : config.url)] : []),
      ...(config.events ?? []).flatMap(({ timer }) => (timer ? [timerTrigger(timer)] : [])),
    ],
    asyncTriggerConfig: { RetryConfig: [{ RetryNum: maxRetries }], MsgTTL: maxAgeSeconds },
    reservedMem: config.reservedConcurrencyMem ?? 0,
  };
}

/** A fixed number: the platform's own estimate knows nothing of messages that wait for the store. */
function concurrencyOf({ concurrency = 1 }: FunctionConfig) {
  return { DynamicEnabled: 'FALSE', MaxConcurrency: concurrency };
}

/** An empty value is as good as none, and SCF takes none. */
function variablesOf(...configs: readonly Common[]): Readonly<Record<string, string>> {
  const all = configs.flatMap(({ environment }) => Object.entries(environment?.variables ?? {}));
  return Object.fromEntries(
    all.map(([name, value]) => [name, String(value)]).filter(([, value]) => value !== ''),
  );
}

function timerTrigger({ name, parameters }: TimerConfig): TriggerPlan {
  return {
    TriggerName: name,
    Type: 'timer',
    TriggerDesc: parameters.cronExpression,
    Enable: parameters.enable === false ? 'CLOSE' : 'OPEN',
    CustomArgument: parameters.argument ?? '',
  };
}

function urlTrigger({ authType, extranet, intranet, cors }: UrlConfig): TriggerPlan {
  const description = {
    AuthType: authType ?? 'NONE',
    NetConfig: { EnableIntranet: intranet ?? false, EnableExtranet: extranet ?? true },
    CorsConfig: cors
      ? {
          Enable: true,
          Origins: cors.origins ?? ['*'],
          Methods: cors.methods ?? ['*'],
          Headers: cors.headers ?? ['*'],
          MaxAge: cors.maxAgeSeconds ?? 0,
          Credentials: cors.credentials ?? false,
        }
      : { Enable: false },
  };
  return {
    TriggerName: URL_TRIGGER,
    Type: 'http',
    TriggerDesc: JSON.stringify(description),
    Enable: 'OPEN',
  };
}
