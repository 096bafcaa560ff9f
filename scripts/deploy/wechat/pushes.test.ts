import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CallbackConfig } from '../../../shared/wechat/catalogue/callback-config.ts';
import { changesFor, type PushTarget, pairs } from './pushes.ts';

const flag = fc.boolean();
const callback = fc.record({
  msgType: fc.constantFrom('text', 'event', 'miniprogrampage'),
  event: fc.constantFrom('', 'subscribe', 'user_enter_tempsession'),
  env: fc.constantFrom('env-1', 'env-2'),
  functionName: fc.constantFrom('callback', 'shop'),
  enable: flag,
});
/** What WeChat may answer: it leaves out what was never set. */
const found: fc.Arbitrary<CallbackConfig> = fc
  .record(
    {
      function_config: fc.record({ enable: flag, callbacks: fc.array(callback, { maxLength: 4 }) }),
      container_config: fc.record({
        enable: flag,
        qbase_env: fc.constantFrom('env-1', 'env-2'),
        qbase_container_path: fc.constantFrom('/', '/callback'),
        text_mode: fc.constantFrom(1 as const, 2 as const),
      }),
    },
    { requiredKeys: [] },
  )
  .filter((all) => !(all.function_config?.enable && all.container_config?.enable));
const target: fc.Arbitrary<PushTarget> = fc.record({
  home: fc.constantFrom('wechat-function' as const, 'wechat-container' as const),
  envId: fc.constant('env-1'),
});

test('what is changed is right afterwards, never both kinds, and pairs of others stay', () => {
  fc.assert(
    fc.property(target, flag, found, (to, isOn, before) => {
      const after = { ...before, ...changesFor(to, isOn, before) };

      expect(changesFor(to, isOn, after)).toEqual({});
      const [functions, container] = [after.function_config, after.container_config];
      expect(functions?.enable && container?.enable).not.toBe(true);
      const ours = to.home === 'wechat-function' ? functions : container;
      expect(ours?.enable ?? false).toBe(isOn);
      const others = ({ function_config }: CallbackConfig) =>
        function_config?.callbacks.filter(({ msgType, event }) =>
          pairs.every((pair) => pair.msgType !== msgType || pair.event !== event),
        ) ?? [];
      expect(others(after)).toEqual(others(before));
    }),
  );
});

test('taking the push away from here does not touch what goes elsewhere', () => {
  const container_config = {
    enable: true,
    qbase_env: 'env-2',
    qbase_container_path: '/shop',
    text_mode: 2,
  } as const;

  expect(
    changesFor({ home: 'wechat-function', envId: 'env-1' }, false, { container_config }),
  ).toEqual({});
});
