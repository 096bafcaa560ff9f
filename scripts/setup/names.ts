/** What the parts of a stage are called in the account. */
export function namesOf({ service, stage }: { readonly service: string; readonly stage: string }) {
  const prefix = `${service}-${stage}`;
  return {
    role: prefix,
    topic: prefix,
    logset: service,
    functionsPolicy: `${prefix}-functions`,
    subAccountPolicy: `${prefix}-deploy`,
    subAccount: `${prefix}-deploy`,
  } as const;
}
export type Names = ReturnType<typeof namesOf>;
