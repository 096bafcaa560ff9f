import * as v from 'valibot';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';
import type { CloudFunction } from '../cloud/function.ts';
import { action, type Service } from './action.ts';

const tagPair = v.strictObject({ TagKey: v.string(), TagValue: v.string() });

/** Tags of functions. https://cloud.tencent.com/document/api/651/35316 */
export const tag: Service = {
  version: '2018-08-13',
  actions: {
    DescribeResourceTagsByResourceIds: action(
      {
        ServiceType: v.literal('scf'),
        ResourcePrefix: v.literal('lam'),
        ResourceIds: v.array(v.string()),
        ResourceRegion: v.string(),
        Offset: v.optional(v.number()),
        Limit: v.optional(v.number()),
      },
      (cloud, { ResourceIds }) => {
        const Tags = ResourceIds.flatMap((id) =>
          Object.entries(byId(cloud, id).Tags).map(([TagKey, TagValue]) => ({
            TagKey,
            TagValue,
            ResourceId: id,
          })),
        );
        return { TotalCount: Tags.length, Offset: 0, Limit: 1000, Tags };
      },
    ),
    ModifyResourceTags: action(
      {
        Resource: v.pipe(v.string(), v.regex(/^qcs::scf:[a-z-]+::lam\/lam-\w+$/)),
        ReplaceTags: v.optional(v.array(tagPair)),
        DeleteTags: v.optional(v.array(v.strictObject({ TagKey: v.string() }))),
      },
      async (cloud, { Resource, ReplaceTags = [], DeleteTags = [] }) => {
        const fn = byId(cloud, Resource.split('/')[1] ?? '');
        const gone = new Set(DeleteTags.map(({ TagKey }) => TagKey));
        fn.Tags = Object.fromEntries([
          ...Object.entries(fn.Tags).filter(([key]) => !gone.has(key)),
          ...ReplaceTags.map(({ TagKey, TagValue }) => [TagKey, TagValue]),
        ]);
        return {};
      },
    ),
  },
};

function byId({ functions }: Cloud, id: string): CloudFunction {
  const found = functions.list().find(({ FunctionId }) => FunctionId === id);
  if (!found) throw new CloudError('ResourceNotFound', `There is no ${id}.`);
  return found;
}
