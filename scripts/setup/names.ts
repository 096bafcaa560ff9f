import { SERVICE } from '../cloud/deployed-function.ts';

/** What the parts of a stage are called in the account. */
export function namesOf(stage: string) {
  const prefix = `${SERVICE}-${stage}`;
  return {
    role: prefix,
    topic: prefix,
    logset: SERVICE,
    functionsPolicy: `${prefix}-functions`,
    subAccountPolicy: `${prefix}-deploy`,
    subAccount: `${prefix}-deploy`,
  } as const;
}
export type Names = ReturnType<typeof namesOf>;
