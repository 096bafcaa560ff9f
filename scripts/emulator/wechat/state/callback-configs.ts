import type {
  CallbackConfig,
  ContainerCallbackConfig,
  FunctionCallbackConfig,
} from '../../../../shared/wechat/catalogue/callback-config.ts';
import type { Storage } from './storage.ts';

const initial: Required<CallbackConfig> = {
  function_config: { enable: false, callbacks: [] },
  container_config: { enable: false, qbase_env: '', qbase_container_path: '', text_mode: 1 },
};

/** Where pushes inside WeChat Cloud go. */
export function createCallbackConfigs(storage: Storage) {
  const section = storage.section<{
    function_config: FunctionCallbackConfig;
    container_config: ContainerCallbackConfig;
  }>('callback-config', () => structuredClone(initial));
  return {
    get: () => section.read(),
    /** What is missing stays as it is. */
    set: (changes: CallbackConfig) => section.update((state) => void Object.assign(state, changes)),
  };
}

export type CallbackConfigs = ReturnType<typeof createCallbackConfigs>;
