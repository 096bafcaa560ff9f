import * as v from 'valibot';
import { CloudError } from '../cloud/error.ts';
import { action } from './action.ts';
import { functionId } from './scf-parameters.ts';

/** Calling functions. https://cloud.tencent.com/document/api/583/17243 */
export const invokeActions = {
  Invoke: action(
    {
      ...functionId,
      InvocationType: v.optional(v.picklist(['RequestResponse', 'Event']), 'RequestResponse'),
      Qualifier: v.optional(v.string()),
      ClientContext: v.optional(v.nullable(v.string())),
      LogType: v.optional(v.picklist(['None', 'Tail'])),
    },
    async ({ functions, runtime, conditions }, { InvocationType, ClientContext, ...id }) => {
      functions.get(id);
      conditions.demandPaid();
      const isAsync = InvocationType === 'Event';
      const outcome = await runtime
        .scf(id.Namespace)
        .invoke(id.FunctionName, eventOf(ClientContext), { type: isAsync ? 'async' : 'sync' });
      return {
        Result: {
          FunctionRequestId: outcome.requestId,
          RetMsg: isAsync ? '' : JSON.stringify(outcome.ok ? outcome.result : outcome.error),
          ErrMsg: outcome.ok ? '' : (outcome.error.stackTrace ?? outcome.error.errorMessage),
          Log: '',
          Duration: outcome.ms,
          BillDuration: outcome.billedMs,
          MemUsage: Math.round(outcome.memoryMb * 2 ** 20),
        },
      };
    },
  ),
};

function eventOf(context: string | null | undefined): unknown {
  try {
    return JSON.parse(context || '{}');
  } catch {
    throw new CloudError('InvalidParameterValue.ClientContext', 'It is not JSON.');
  }
}
