import * as v from 'valibot';
import { action } from './action.ts';
import { functionId } from './scf-parameters.ts';

/** What belongs to a function but is set apart from it. */
export const settingActions = {
  GetFunctionEventInvokeConfig: action(functionId, ({ functions }, id) => ({
    AsyncTriggerConfig: functions.get(id).AsyncTriggerConfig,
  })),
  UpdateFunctionEventInvokeConfig: action(
    {
      ...functionId,
      AsyncTriggerConfig: v.strictObject({
        RetryConfig: v.array(
          v.strictObject({ RetryNum: v.pipe(v.number(), v.minValue(0), v.maxValue(2)) }),
        ),
        MsgTTL: v.pipe(v.number(), v.minValue(60), v.maxValue(21_600)),
      }),
    },
    async ({ functions }, { AsyncTriggerConfig, ...id }) => {
      await functions.adjust(id, { AsyncTriggerConfig });
      return {};
    },
  ),
  GetReservedConcurrencyConfig: action(functionId, ({ functions }, id) => ({
    ReservedMem: functions.get(id).ReservedMem ?? 0,
  })),
  PutReservedConcurrencyConfig: action(
    { ...functionId, ReservedConcurrencyMem: v.pipe(v.number(), v.multipleOf(128)) },
    async ({ functions }, { ReservedConcurrencyMem, ...id }) => {
      await functions.adjust(id, { ReservedMem: ReservedConcurrencyMem });
      return {};
    },
  ),
  DeleteReservedConcurrencyConfig: action(functionId, async ({ functions }, id) => {
    await functions.adjust(id, { ReservedMem: undefined });
    return {};
  }),
};
