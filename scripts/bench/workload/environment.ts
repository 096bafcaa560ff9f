/** The CloudBase environment of the benchmarks. */
export const benchEnvironment = {
  envId: 'env-bench',
  secretId: 'AKIDbench000000001',
  secretKey: 'benchsecretkey000000000000000001',
} as const;

export interface CloudbaseEnvironment {
  readonly envId: string;
  readonly secretId: string;
  readonly secretKey: string;
}

/** What the platform puts into a function's environment, with CloudBase at `cloudbaseUrl`. */
export function platformEnv(
  cloudbaseUrl: string,
  { envId, secretId, secretKey }: CloudbaseEnvironment = benchEnvironment,
): Readonly<Record<string, string>> {
  return {
    CLOUDBASE_ENV_ID: envId,
    SCF_NAMESPACE: envId,
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: secretId,
    TENCENTCLOUD_SECRETKEY: secretKey,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloudbaseUrl }),
    SILENCE: 'true',
  };
}
