/** Every alert; `alert-rules.ts` says when it fires. Metrics name them, and rules look at metrics. */
export const alertNames = [
  'tokenRefreshFailing',
  'tokenTooOld',
  'apiUnauthorized',
  'ipNotAllowed',
  'quotaUsedUp',
  'quotaLow',
  'callbackErrors',
  'callbackSlow',
  'markFailRisk',
  'jobsDead',
  'massSendFailed',
  'documentForged',
] as const;
