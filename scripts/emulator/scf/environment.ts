import path from 'node:path';
import { fakedTime } from './faked-time.ts';
import type { FunctionSpec } from './spec.ts';

/** Where the functions live, as far as they can see it. */
export interface Place {
  /** On CloudBase the id of the environment. */
  readonly namespace: string;
  readonly region: string;
  /** Further variables of the platform, such as TENCENTCLOUD_SECRETID or TCB_CONTEXT_CNFG. */
  readonly platformEnv: Readonly<Record<string, string>>;
}

/** All variables of a new container: nothing of SCF, but the keys that an operator gives it. */
export function containerEnv(
  spec: FunctionSpec,
  { platformEnv }: Pick<Place, 'platformEnv'>,
): NodeJS.ProcessEnv {
  return {
    PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    TZ: 'UTC',
    ...spec.environment,
    // As in the Dockerfile: without it the SDK of CloudBase signs nothing outside SCF.
    TENCENTCLOUD: 'true',
    ...platformEnv,
    ...fakedTime(process.env),
  };
}

/** All variables of a new instance. Of the emulator's own it has none, but those of a faked time. */
export function processEnv(spec: FunctionSpec, place: Place): NodeJS.ProcessEnv {
  const root = `${path.dirname(spec.bundle)}/`;
  return {
    PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    TZ: 'UTC',
    NODE_PATH: `${root}:${root}node_modules:/opt:/opt/node_modules`,
    ...spec.environment,
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: place.region,
    SCF_NAMESPACE: place.namespace,
    SCF_FUNCTIONNAME: spec.name,
    SCF_FUNCTIONVERSION: '$LATEST',
    USER_CODE_ROOT: root,
    _SCF_SERVER_PORT: '28902',
    ...place.platformEnv,
    ...fakedTime(process.env),
  };
}

/** The `context` argument but for its methods, which the instance adds. */
export function contextOf(
  spec: FunctionSpec,
  place: Place,
  requestId: string,
  perCall: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const variables = { SCF_NAMESPACE: place.namespace, ...perCall };
  return {
    request_id: requestId,
    function_name: spec.name,
    function_version: '$LATEST',
    namespace: place.namespace,
    tencentcloud_region: place.region,
    memory_limit_in_mb: spec.memoryMb,
    time_limit_in_ms: Math.round(spec.timeoutSeconds * 1000),
    environ: Object.entries(variables)
      .map(([name, value]) => `${name}=${value}`)
      .join(';'),
    environment: JSON.stringify(variables),
  };
}
