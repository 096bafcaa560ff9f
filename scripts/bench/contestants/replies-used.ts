import type { Fields } from '../../../shared/store/values.ts';
import { account } from '../accounts/echo-behind-rules.ts';
import { manyRules } from '../workload/rules.ts';
import { storedAccount } from './stored.ts';

/** Behind as many rules of operators as there can be. */
export const main = storedAccount(account, {
  'auto-replies': {
    _id: 'rules',
    _rev: 1,
    _writes: [],
    rules: manyRules as unknown as Fields,
    changedAt: 0,
  },
});
