import type {
  ContainerCallbackConfig,
  FunctionCallback,
  FunctionCallbackConfig,
} from '../../../../shared/wechat/catalogue/callback-config.ts';
import { ApiError } from '../errors/errors.ts';
import { type JsonObject, jsonOf } from '../http/call.ts';
import { objectIn, requiredText } from '../rules/fields.ts';
import { done, type OperationsOf } from './operation.ts';

export const callbackConfig: OperationsOf<'callbackConfig'> = {
  set({ callbackConfigs }, call) {
    const { function_config, container_config } = jsonOf(call);
    const changes = {
      ...(function_config === undefined ? {} : { function_config: functionsIn(function_config) }),
      ...(container_config === undefined
        ? {}
        : { container_config: containerIn(container_config) }),
    };
    const { function_config: functions, container_config: container } = {
      ...callbackConfigs.get(),
      ...changes,
    };
    // The document names no code for it.
    if (functions.enable && container.enable) throw new ApiError(40097);
    callbackConfigs.set(changes);
    return done;
  },

  get: ({ callbackConfigs }) => ({ ...done, data: callbackConfigs.get() }),
};

function functionsIn(given: unknown): FunctionCallbackConfig {
  const fields = objectIn(given);
  if (!Array.isArray(fields.callbacks)) throw new ApiError(40101);
  const callbacks = fields.callbacks.map(callbackIn);
  const pairs = callbacks.map(({ msgType, event }) => `${msgType}/${event}`);
  // A pair goes to one function of one environment.
  if (new Set(pairs).size < pairs.length) throw new ApiError(40097);
  return { enable: isOn(fields), callbacks };
}

function callbackIn(given: unknown): FunctionCallback {
  const fields = objectIn(given);
  const { event = '' } = fields;
  if (typeof event !== 'string') throw new ApiError(47001);
  return {
    msgType: requiredText(fields, 'msgType', 40101),
    event,
    env: requiredText(fields, 'env', 40101),
    functionName: requiredText(fields, 'functionName', 40101),
    enable: isOn(fields),
  };
}

function containerIn(given: unknown): ContainerCallbackConfig {
  const fields = objectIn(given);
  const { text_mode } = fields;
  if (text_mode !== 1 && text_mode !== 2) throw new ApiError(40097);
  return {
    enable: isOn(fields),
    qbase_env: requiredText(fields, 'qbase_env', 40101),
    qbase_container_path: requiredText(fields, 'qbase_container_path', 40101),
    text_mode,
  };
}

function isOn({ enable = true }: JsonObject): boolean {
  if (typeof enable !== 'boolean') throw new ApiError(47001);
  return enable;
}
