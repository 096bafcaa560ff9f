import { isDeepStrictEqual } from 'node:util';
import type {
  CallbackConfig,
  ContainerCallbackConfig,
  FunctionCallback,
} from '../../../shared/wechat/catalogue/callback-config.ts';
import { events } from '../../../shared/wechat/message/events.ts';
import { ordinaryMessages } from '../../../shared/wechat/message/ordinary.ts';

/** Where in a container the pushes go; the callback answers at every path. */
export const CONTAINER_PATH = '/callback';
/** Of `text_mode`. */
const JSON_TEXT = 1;

/** What takes the pushes: the callback as a cloud function, or as a container. */
export interface PushTarget {
  readonly home: 'wechat-function' | 'wechat-container';
  readonly envId: string;
}

/** Every pair of type and event that a handler can have a route for. */
export const pairs: readonly Pick<FunctionCallback, 'msgType' | 'event'>[] = [
  ...Object.keys(ordinaryMessages).map((msgType) => ({ msgType, event: '' })),
  ...Object.keys(events).map((event) => ({ msgType: 'event', event })),
];

/**
 * What must be told to WeChat so that all pushes come here, or no longer do: only what differs, so
 * nothing if all is well. Pairs that we have no route for stay as they are. A container and functions
 * cannot take pushes at the same time, so that the other one is switched off.
 */
export function changesFor(
  { home, envId }: PushTarget,
  isOn: boolean,
  { function_config: functions, container_config: container }: CallbackConfig,
): CallbackConfig {
  const isFunction = home === 'wechat-function';
  const found = functions ?? { enable: false, callbacks: [] };
  const functionConfig = {
    enable: isFunction && isOn,
    callbacks: isFunction ? ourPairs(envId, isOn, found.callbacks) : found.callbacks,
  };
  const containerConfig: ContainerCallbackConfig | undefined = isFunction
    ? container && { ...container, enable: false }
    : {
        enable: isOn,
        qbase_env: envId,
        qbase_container_path: CONTAINER_PATH,
        text_mode: JSON_TEXT,
      };
  // What is off stays off, whatever else it says; and while it is off WeChat may leave it out.
  const mustSetFunctions = isFunction
    ? !isDeepStrictEqual(functionConfig, functions) && (isOn || found.enable)
    : isOn && found.enable;
  const mustSetContainer = isFunction
    ? isOn && container?.enable === true
    : !isDeepStrictEqual(containerConfig, container) && (isOn || container?.enable === true);
  return {
    ...(mustSetFunctions ? { function_config: functionConfig } : {}),
    ...(mustSetContainer && containerConfig ? { container_config: containerConfig } : {}),
  };
}

function ourPairs(
  env: string,
  enable: boolean,
  found: readonly FunctionCallback[],
): readonly FunctionCallback[] {
  const isOurs = ({ msgType, event }: FunctionCallback) =>
    pairs.some((pair) => pair.msgType === msgType && pair.event === event);
  return [
    ...found.filter((each) => !isOurs(each)),
    ...pairs.map(({ msgType, event }) => ({
      msgType,
      event,
      env,
      functionName: 'callback',
      enable,
    })),
  ];
}
