import * as v from 'valibot';
import { action } from './action.ts';
import { pageOf } from './cls.ts';

/** The logs of an environment's functions. https://cloud.tencent.com/document/product/876/128127 */
export const logActions = {
  SearchClsLog: action(
    {
      EnvId: v.string(),
      StartTime: v.string(),
      EndTime: v.string(),
      QueryString: v.string(),
      Limit: v.number(),
      Context: v.optional(v.string(), ''),
      Sort: v.optional(v.picklist(['asc', 'desc']), 'desc'),
      UseLucene: v.exactOptional(v.boolean()),
    },
    (cloud, { EnvId, StartTime, EndTime, Limit, Sort, Context }) => {
      cloud.environments.get(EnvId);
      // Times are those of Beijing, to the second.
      const [From, To] = [epoch(StartTime), epoch(EndTime) + 999];
      const { found, next } = pageOf(cloud, { topic: EnvId, From, To, Limit, Sort, Context });
      return {
        LogResults: {
          Context: next,
          ListOver: next === '',
          Results: found.map(({ at, fields }) => ({
            Timestamp: new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
            Content: JSON.stringify({
              function_name: fields.SCF_FunctionName,
              request_id: fields.SCF_RequestId,
              log: fields.SCF_Message,
            }),
          })),
        },
      };
    },
  ),
};

function epoch(beijing: string): number {
  return Date.parse(`${beijing.replace(' ', 'T')}+08:00`);
}
