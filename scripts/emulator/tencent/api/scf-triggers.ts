import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { parseCron } from '../../scf/cron.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';
import { type CloudFunction, type Trigger, timeText } from '../cloud/function.ts';
import { action } from './action.ts';
import { functionId } from './scf-parameters.ts';

const named = {
  ...functionId,
  TriggerName: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  Type: v.picklist(['timer', 'http'], 'API Gateway triggers, for one, can no longer be made'),
  Qualifier: v.optional(v.picklist(['$LATEST', '$DEFAULT']), '$LATEST'),
};

const described = {
  TriggerDesc: v.optional(v.string()),
  Enable: v.optional(v.picklist(['OPEN', 'CLOSE'])),
  CustomArgument: v.optional(v.string()),
};

const batched = {
  TriggerName: named.TriggerName,
  Type: v.literal('timer'),
  TriggerDesc: v.string(),
};

/** Timers and Function URLs. https://cloud.tencent.com/document/api/583/18589 */
export const triggerActions = {
  CreateTrigger: action(
    { ...named, ...described, TriggerDesc: v.string() },
    async (cloud, { FunctionName, Namespace, ...wanted }) => {
      const fn = cloud.functions.get({ FunctionName, Namespace });
      const isTaken = fn.Triggers.some(
        (other) =>
          other.Type === wanted.Type &&
          (other.TriggerName === wanted.TriggerName ||
            (wanted.Type === 'http' && other.Qualifier === wanted.Qualifier)),
      );
      if (isTaken) throw new CloudError('ResourceInUse.Trigger', 'It has such a trigger already.');
      const made: Trigger = {
        TriggerName: wanted.Type === 'http' ? urlName(fn, wanted.Qualifier) : wanted.TriggerName,
        Type: wanted.Type,
        TriggerDesc: description(wanted.Type, wanted.TriggerDesc),
        Enable: wanted.Enable === 'CLOSE' ? 0 : 1,
        CustomArgument: wanted.CustomArgument ?? '',
        Qualifier: wanted.Qualifier,
        AvailableStatus: 'Available',
        AddTime: timeText(cloud.now()),
        ModTime: timeText(cloud.now()),
      };
      await set(cloud, fn, [...fn.Triggers, made]);
      return { TriggerInfo: made };
    },
  ),
  /** Makes triggers or changes those of the same name. */
  BatchCreateTrigger: action(
    { ...functionId, Triggers: v.string(), Count: v.exactOptional(v.number()) },
    async (cloud, { FunctionName, Namespace, Triggers }) => {
      const batch = v.parse(v.array(v.strictObject(batched)), JSON.parse(Triggers));
      const fn = cloud.functions.get({ FunctionName, Namespace });
      const time = timeText(cloud.now());
      const made = batch.map(
        ({ TriggerName, Type, TriggerDesc }): Trigger => ({
          TriggerName,
          Type,
          TriggerDesc: description(Type, TriggerDesc),
          Enable: 1,
          CustomArgument: '',
          Qualifier: '$LATEST',
          AvailableStatus: 'Available',
          AddTime: time,
          ModTime: time,
        }),
      );
      const names = new Set(made.map(({ TriggerName }) => TriggerName));
      const others = fn.Triggers.filter(({ TriggerName }) => !names.has(TriggerName));
      await set(cloud, fn, [...others, ...made]);
      return { TriggerInfos: made };
    },
  ),
  UpdateTrigger: action({ ...named, ...described }, async (cloud, wanted) => {
    if (wanted.Type === 'http' && !cloud.conditions.changesAddresses) {
      throw new CloudError('UnsupportedOperation.Trigger', 'http triggers cannot be updated.');
    }
    const { FunctionName, Namespace, TriggerDesc, Enable, CustomArgument } = wanted;
    const fn = cloud.functions.get({ FunctionName, Namespace });
    const before = find(fn, wanted);
    const after: Trigger = {
      ...before,
      TriggerDesc:
        TriggerDesc === undefined ? before.TriggerDesc : description(wanted.Type, TriggerDesc),
      Enable: Enable === undefined ? before.Enable : Enable === 'OPEN' ? 1 : 0,
      CustomArgument: CustomArgument ?? before.CustomArgument,
      ModTime: timeText(cloud.now()),
    };
    await set(
      cloud,
      fn,
      fn.Triggers.map((trigger) => (trigger === before ? after : trigger)),
    );
    return {};
  }),
  DeleteTrigger: action(
    { ...named, TriggerDesc: v.optional(v.string()) },
    async (cloud, wanted) => {
      const { FunctionName, Namespace } = wanted;
      const fn = cloud.functions.get({ FunctionName, Namespace });
      const gone = find(fn, wanted);
      await set(
        cloud,
        fn,
        fn.Triggers.filter((trigger) => trigger !== gone),
      );
      return {};
    },
  ),
};

const url = v.strictObject({
  AuthType: v.picklist(['NONE', 'CAM']),
  /** What the console and other tools say besides; nothing here depends on it. */
  ApiGwCompatible: v.optional(v.boolean(), true),
  EnableSimpleMode: v.optional(v.boolean(), false),
  NetConfig: v.strictObject({ EnableIntranet: v.boolean(), EnableExtranet: v.boolean() }),
  CorsConfig: v.optional(
    v.strictObject({
      Enable: v.boolean(),
      Origins: v.optional(v.array(v.string())),
      Methods: v.optional(v.array(v.string())),
      Headers: v.optional(v.array(v.string())),
      ExposeHeaders: v.optional(v.array(v.string())),
      MaxAge: v.optional(v.number()),
      Credentials: v.optional(v.boolean()),
    }),
  ),
});

/** The cloud names an address by itself, whatever name it was given. */
function urlName({ FunctionId }: CloudFunction, qualifier: string): string {
  return createHash('sha256').update(`${FunctionId}/${qualifier}`).digest('hex').slice(0, 10);
}

/** As it is kept. Timers come as bare cron text and are read back as JSON. */
function description(type: Trigger['Type'], text: string): string {
  try {
    if (type === 'http') return JSON.stringify(v.parse(url, JSON.parse(text)));
    parseCron(text);
    return JSON.stringify({ cron: text });
  } catch (error) {
    throw new CloudError('InvalidParameterValue.TriggerDesc', String(error));
  }
}

function find(fn: CloudFunction, wanted: { readonly Type: string; readonly TriggerName: string }) {
  const found = fn.Triggers.find(
    ({ Type, TriggerName }) => Type === wanted.Type && TriggerName === wanted.TriggerName,
  );
  if (!found) throw new CloudError('ResourceNotFound.Trigger', 'There is no such trigger.');
  return found;
}

function set({ functions }: Cloud, fn: CloudFunction, Triggers: readonly Trigger[]) {
  return functions.adjust(fn, { Triggers });
}
