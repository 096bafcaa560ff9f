import * as v from 'valibot';
import type { Cloud } from '../cloud/cloud.ts';
import type { CloudFunction, Trigger } from '../cloud/function.ts';
import { describeUrl } from '../cloud/functions.ts';
import { action } from './action.ts';
import { functionId } from './scf-parameters.ts';

/** Reading functions. */
export const queryActions = {
  GetFunction: action(
    {
      ...functionId,
      ShowCode: v.optional(v.picklist(['TRUE', 'FALSE'])),
      Qualifier: v.optional(v.string()),
    },
    (cloud, id) => describe(cloud, cloud.functions.get(id)),
  ),
  ListFunctions: action(
    {
      Namespace: v.optional(v.string()),
      Offset: v.optional(v.number()),
      Limit: v.optional(v.number()),
      SearchKey: v.optional(v.string()),
      Filters: v.optional(
        v.array(v.strictObject({ Name: v.string(), Values: v.array(v.string()) })),
      ),
    },
    (
      { functions },
      { Namespace = 'default', Filters = [], Offset = 0, Limit = 20 },
      { region },
    ) => {
      const Functions = functions
        .list()
        .filter((fn) => fn.Namespace === Namespace && fn.Region === region)
        .filter((fn) =>
          Filters.every(({ Name, Values }) =>
            Values.includes(fn.Tags[Name.replace(/^tag-/, '')] ?? ''),
          ),
        )
        .map((fn) => ({
          FunctionName: fn.FunctionName,
          FunctionId: fn.FunctionId,
          Namespace: fn.Namespace,
          Runtime: fn.Runtime,
          Status: functions.status(fn),
          ModTime: fn.ModTime,
          Description: fn.Description,
          Tags: Object.entries(fn.Tags).map(([Key, Value]) => ({ Key, Value })),
        }));
      return { TotalCount: Functions.length, Functions: Functions.slice(Offset, Offset + Limit) };
    },
  ),
  /** What there is, and how much of it there may be; a CloudBase environment is a namespace too. */
  GetAccount: action({}, ({ functions, environments, conditions }, _, { region }) => {
    const inRegion = environments.list().filter((each) => each.region === region);
    const namespaces = ['default', ...inRegion.map(({ envId }) => envId)];
    const used = namespaces.map((Namespace) => {
      const Functions = functions
        .list()
        .filter((fn) => fn.Namespace === Namespace && fn.Region === region)
        .map(({ FunctionName }) => FunctionName);
      return { Namespace, FunctionsCount: Functions.length, Functions };
    });
    return {
      AccountUsage: { NamespacesCount: namespaces.length, Namespace: used },
      AccountLimit: {
        NamespacesCount: 5,
        Namespace: namespaces.map((Namespace) => ({
          Namespace,
          FunctionsCount: conditions.functionQuota,
        })),
      },
    };
  }),
  ListTriggers: action(functionId, (cloud, id) => {
    const fn = cloud.functions.get(id);
    const Triggers = fn.Triggers.map((trigger) => readable(cloud, fn, trigger));
    return { TotalCount: Triggers.length, Triggers };
  }),
};

function describe(cloud: Cloud, fn: CloudFunction) {
  const { code, readyAt, pending, failure, AsyncTriggerConfig, ReservedMem, ...rest } = fn;
  const { Tags, Triggers, Region, ...plain } = rest;
  const { ErrorCode = '', ErrorMessage = '' } = failure ?? {};
  const hasFailed = failure !== undefined && cloud.functions.status(fn) === failure.Status;
  return {
    ...plain,
    PublicNetConfig: withAddress(fn),
    Status: cloud.functions.status(fn),
    StatusDesc: hasFailed ? ErrorMessage : '',
    StatusReasons: hasFailed ? [{ ErrorCode, ErrorMessage }] : [],
    CodeSize: code.length,
    Qualifier: '$LATEST',
    Tags: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })),
    Triggers: Triggers.map((trigger) => readable(cloud, fn, trigger)),
  };
}

/** All functions of an account in a region share one address. */
function withAddress({ PublicNetConfig: { PublicNetStatus, EipConfig } }: CloudFunction) {
  const EipAddress = EipConfig.EipStatus === 'ENABLE' ? ['203.0.113.7'] : [];
  return { PublicNetStatus, EipConfig: { ...EipConfig, EipAddress } };
}

/** Only a trigger that is read back has its address. */
function readable({ account }: Cloud, fn: CloudFunction, trigger: Trigger): Trigger {
  if (trigger.Type !== 'http') return trigger;
  return { ...trigger, TriggerDesc: JSON.stringify(describeUrl(account, fn, trigger)) };
}
