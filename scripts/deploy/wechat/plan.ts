import { homeOf } from '../../project/home.ts';
import { type CloudbaseFunction, parseCloudbaserc, withDefaults } from '../tcb/cloudbaserc.ts';
import {
  CONTAINER_PORT,
  type ContainerVariables,
  containerVariables,
} from './container-package.ts';
import { functionConfig } from './function-config.ts';
import type { PushTarget } from './pushes.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where in WeChat Cloud the callback goes. */
export interface Destination extends PushTarget {
  /** Of WeChat Cloud Run, for a container. */
  readonly service: string;
}

/**
 * WXCLOUD_ENV_ID is the environment of WeChat Cloud Run, which holds no documents; cloud functions go
 * where the documents are.
 *
 * @throws Error if the settings say that the account lives elsewhere, or name no environment
 */
export function destinationOf(env: Env): Destination {
  const home = homeOf(env);
  if (home === 'server') {
    throw new Error(
      'PUSH_DOOR is signed: the account lives on SCF (npm run deploy) or on CloudBase (npm run deploy:tcb). Set PUSH_DOOR=cloud-function or PUSH_DOOR=container in .env for a home inside WeChat Cloud; docs/homes.md compares them.',
    );
  }
  const name = home === 'wechat-container' ? 'WXCLOUD_ENV_ID' : 'CLOUDBASE_ENV_ID';
  const envId = env[name];
  if (!envId) throw new Error(`${name} is missing: set it in the environment or in .env.`);
  return { home, envId, service: env.WXCLOUD_SERVICE || 'callback' };
}

/** What would go where; values of variables are left out. */
export type Plan =
  | {
      readonly home: 'wechat-function';
      readonly environment: string;
      readonly functions: readonly PlannedFunction[];
    }
  | {
      readonly home: 'wechat-container';
      readonly environment: string;
      readonly service: string;
      readonly port: number;
      readonly variables: {
        readonly inConfig: readonly string[];
        readonly inConsole: ContainerVariables['secret'];
      };
    };

interface PlannedFunction {
  readonly name: string;
  readonly timers: readonly string[];
  /** Its path under HTTP access, if it has one there. */
  readonly path: string | undefined;
  readonly variables: readonly string[];
}

export function planOf(root: string, env: Env, destination: Destination): Plan {
  const { home, envId: environment, service } = destination;
  if (home === 'wechat-container') {
    const { open, secret } = containerVariables(root, env);
    return {
      ...{ home, environment, service, port: CONTAINER_PORT },
      variables: { inConfig: Object.keys(open), inConsole: secret },
    };
  }
  const config = functionConfig({ root, env, hasHttpAccess: true });
  const functions = parseCloudbaserc(config, withDefaults(root, env));
  return { home, environment, functions: functions.map(planned) };
}

function planned({ name, path, triggers = [], envVariables }: CloudbaseFunction): PlannedFunction {
  return {
    name,
    path,
    timers: triggers.map(({ name: timer, config }) => `${timer} (${config})`),
    variables: Object.keys(envVariables).filter((variable) => envVariables[variable] !== ''),
  };
}

/** The same for a person. */
export function planLines(plan: Plan): readonly string[] {
  if (plan.home === 'wechat-function') {
    return [
      `Into the environment ${plan.environment} of WeChat Cloud:`,
      ...plan.functions.flatMap(({ name, path, timers, variables }) => [
        `  ${name}${path ? ` at ${path}, if HTTP access is on` : ''}${timers.map((timer) => `, timer ${timer}`).join('')}`,
        `    ${variables.join(' ')}`,
      ]),
    ];
  }
  const { environment, service, port, variables } = plan;
  return [
    `Into the service ${service} of WeChat Cloud Run, environment ${environment}: callback, worker and what operators invoke, port ${port}`,
    `  in container.config.json: ${variables.inConfig.join(' ')}`,
    `  to be typed into its console: ${variables.inConsole.join(' ') || 'none'}`,
  ];
}
