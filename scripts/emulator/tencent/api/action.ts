import * as v from 'valibot';
import type { Principal } from '../cloud/access.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';

export interface Caller {
  readonly region: string;
  readonly principal: Principal;
}

/** One action of the cloud API: its parameters, every one of them, and what it does. */
export interface Action<Accepted = unknown, Answer extends object = object> {
  /** Never there: the type of what is accepted, for the comparison with the official SDK. */
  readonly accepted?: Accepted;
  run(cloud: Cloud, parameters: unknown, caller: Caller): Promise<Answer>;
}

/** Actions by name. A service is a table of them and the version that it has. */
export interface Service {
  readonly version: string;
  readonly actions: Readonly<Record<string, Action>>;
}

/** An unknown parameter, or one of the wrong type, is an error as in the cloud. */
export function action<const Entries extends v.ObjectEntries, Answer extends object>(
  entries: Entries,
  work: (
    cloud: Cloud,
    parameters: v.InferOutput<v.StrictObjectSchema<Entries, undefined>>,
    caller: Caller,
  ) => Answer | Promise<Answer>,
): Action<v.InferInput<v.StrictObjectSchema<Entries, undefined>>, Answer> {
  const schema = v.strictObject(entries);
  return {
    async run(cloud, parameters, caller) {
      const result = v.safeParse(schema, parameters);
      if (result.success) return work(cloud, result.output, caller);
      const [issue] = result.issues;
      const path = v.getDotPath(issue) ?? '';
      const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
      const code = isUnknown ? 'UnknownParameter' : `InvalidParameterValue.${path.split('.')[0]}`;
      throw new CloudError(code, `${path}: ${issue.message}`);
    },
  };
}
