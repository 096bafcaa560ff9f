import { type CloudApi, CloudApiError } from '../../../cloud/api.ts';
import type { FunctionPlan } from '../plan.ts';

/** Functions of SCF in the account's own namespace, or those of a CloudBase environment. */
export type Place = 'scf' | 'cloudbase';

/** What a deploy is going to need, as far as it can be looked at without changing anything. */
export interface Subject {
  readonly api: CloudApi;
  /** The same in another region. */
  readonly apiIn: (region: string) => CloudApi;
  readonly region: string;
  /** Of serverless.yml. */
  readonly service: string;
  readonly stage: string;
  readonly place: Place;
  /** Of the functions: `default`, or the environment. */
  readonly namespace: string;
  /** What a function of the project is called there. */
  readonly deployedName: (name: string) => string;
  /** Functions that are there only while a deploy goes on, as they are called there. */
  readonly temporary: readonly string[];
  /** Undefined: the functions are not in CloudBase, and keep nothing there. */
  readonly envId: string | undefined;
  /** Whether functions of another WeChat account may be replaced. */
  readonly replacesAccount: boolean;
  /** Whether the functions are built for documents of CloudBase; else for PostgreSQL itself. */
  readonly usesDocuments: boolean;
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
  /** Where it is looked at; default: everywhere. */
  readonly place?: Place;
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
