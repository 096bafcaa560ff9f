import { systemClock } from '../../shared/kernel/clock.ts';
import { loadConfig } from '../../shared/kernel/config.ts';
import { createHttpTransport } from '../../shared/wechat/client/http-transport.ts';
import { cloudApiFrom } from '../cloud/api.ts';
import { invokeInContainer } from '../cloud/container.ts';
import { type DeployedFunction, findDeployed, invokeDeployed } from '../cloud/deployed-function.ts';
import { loadEnvFile } from '../cloud/keys.ts';
import { ownRoot } from '../project/root.ts';
import { findRunning, silent } from '../project/running.ts';
import { serviceName } from '../project/service-name.ts';
import type { InvokeOptions } from './options.ts';

/** Invokes a function, and gives its answer. */
export type Call = (name: string, event: InvokeOptions['event']) => Promise<unknown>;

/** How a command invokes: under `npm start`, or what is deployed. */
export function callOf({ port, stage, url }: Pick<InvokeOptions, 'port' | 'stage' | 'url'>): Call {
  if (url !== undefined) return containerCall(url, stage);
  return stage === undefined ? localCall(port) : deployedCall(stage);
}

/** It throws an Error that says what to do when no `npm start` is running, or it does not answer. */
function localCall(port: number | undefined): Call {
  return async (name, event) => {
    const running = findRunning(ownRoot, port, ', or name the --stage of a deployed function');
    const address = `${running.page}emulator/invoke`;
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ function: name, event }),
    }).catch((cause: unknown) => {
      throw silent(running, cause);
    });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new Error(
        `Another program than \`npm start\` answers on port ${running.port} (HTTP ${response.status}).`,
        { cause },
      );
    }
  };
}

/** It throws an Error without the key, and when the container does not answer as one. */
function containerCall(url: string, stage = 'dev'): Call {
  const transport = createHttpTransport({ clock: systemClock });
  return async (name, event) => {
    loadEnvFile(ownRoot, stage);
    const { invokeKey } = loadConfig(process.env, ['invokeKey']);
    return invokeInContainer({ url, invokeKey, transport }, name, event);
  };
}

/** It throws an Error without keys, for a function that is not deployed, and for one that failed. */
function deployedCall(stage: string): Call {
  // A command that watches invokes the same function again and again.
  let found: Promise<DeployedFunction> | undefined;
  return async (name, event) => {
    loadEnvFile(ownRoot, stage);
    const { env } = process;
    const api = cloudApiFrom(env);
    found ??= findDeployed(api, name, {
      service: serviceName(ownRoot),
      stage,
      envId: env.CLOUDBASE_ENV_ID,
    });
    return invokeDeployed(api, await found, event);
  };
}
