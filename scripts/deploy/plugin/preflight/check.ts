import { type CloudApi, CloudApiError } from '../../../cloud/api.ts';
import type { FunctionPlan } from '../plan.ts';

/** What a deploy is going to need, as far as it can be looked at without changing anything. */
export interface Subject {
  readonly api: CloudApi;
  /** The same in another region. */
  readonly apiIn: (region: string) => CloudApi;
  readonly region: string;
  readonly stage: string;
  /** `<service>-<stage>` */
  readonly prefix: string;
  /** Undefined: the functions keep nothing in CloudBase. */
  readonly envId: string | undefined;
  /** Throws an Error with everything that is wrong about the variables. */
  readonly checkVariables: () => Promise<void>;
  readonly functions: readonly { readonly name: string; readonly plan: FunctionPlan }[];
}

/** What a check found: nothing, something that a deploy would fail of, or something to know. */
export type Finding = { readonly problem: string } | { readonly note: string } | undefined;

export interface Check {
  readonly name: string;
  /** What CAM calls the action that it asks for; without the permission it is left out. */
  readonly needs: string;
  run(subject: Subject): Promise<Finding>;
}

/** Whether CAM refused a call: the keys are right, and may not do it. */
export function isForbidden({ code }: CloudApiError): boolean {
  return /^(AuthFailure\.)?UnauthorizedOperation/.test(code);
}

/** Whether there is no such region, or none of the service. */
export function isOtherRegion(error: unknown): boolean {
  return error instanceof CloudApiError && /Region$/.test(error.code);
}

/** Whether nothing else can be asked either: wrong keys, or nobody there. */
export function isHopeless(error: CloudApiError): boolean {
  return /^(AuthFailure|NoConnection|NotTheCloud)/.test(error.code) && !isForbidden(error);
}
