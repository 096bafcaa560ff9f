import { type CustomDomain, checkedDomain } from '../../project/domain.ts';
import type { Common, FunctionConfig } from './plan.ts';

/** As much of the framework as the plugin touches. */
export interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    readonly service: string;
    readonly provider: Common & {
      readonly region?: string;
      readonly stage?: string;
      readonly cosBucket?: string;
      readonly domain?: CustomDomain;
    };
    readonly functions: Readonly<Record<string, FunctionConfig & { package?: object }>>;
    readonly package: { individually?: boolean };
  };
  readonly processedInput: { readonly commands: readonly string[] };
  readonly configSchemaHandler: { defineProvider(name: string, schema: object): void };
  readonly classes: { readonly Error: new (message: string, code: string) => Error };
}

/** Options of the command line, and what serverless-tencent-scf keeps among them. */
export interface Options {
  readonly stage?: string;
  readonly function?: string;
  readonly timestamp?: string;
  readonly data?: string;
  readonly path?: string;
  /** Whether functions that are no longer in serverless.yml are removed. */
  readonly prune?: boolean;
  /** Whether code is sent that runs already. */
  readonly force?: boolean;
  /** Whether nothing is looked at before. */
  readonly 'skip-preflight'?: boolean;
  /** Whether functions of another WeChat account are replaced. */
  readonly 'replace-account'?: boolean;
  /** Whether the lock of another deploy is taken away. */
  readonly 'break-lock'?: boolean;
  credentials?: object;
  token?: string;
}

/** The functions of serverless.yml in one stage and region. */
export interface Service {
  readonly root: string;
  readonly name: string;
  readonly stage: string;
  readonly region: string;
  readonly bucket: string;
  /** `<service>-<stage>`, before the name of each function. */
  readonly prefix: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly provider: Common;
  readonly domain?: CustomDomain | undefined;
  readonly functions: Readonly<Record<string, FunctionConfig>>;
}

/** With which releases are sealed; undefined if no function has it. */
export function appSecretOf({ functions }: Service): string | undefined {
  const secrets = Object.values(functions).map(
    ({ environment }) => environment?.variables?.WECHAT_APPSECRET,
  );
  const secret = secrets.find(Boolean);
  return secret === undefined ? undefined : String(secret);
}

export function serviceOf({ serviceDir, service }: Serverless, options: Options): Service {
  const { service: name, provider, functions } = service;
  const stage = options.stage ?? provider.stage ?? 'dev';
  const region = provider.region ?? 'ap-shanghai';
  return {
    root: serviceDir,
    name,
    stage,
    region,
    bucket: provider.cosBucket ?? `sls-cloudfunction-${region}`,
    prefix: `${name}-${stage}`,
    tags: { Application: name, Stage: stage },
    provider,
    domain: checkedDomain(provider.domain),
    functions,
  };
}
