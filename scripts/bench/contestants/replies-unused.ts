import { account } from '../accounts/echo.ts';
import { storedAccount } from './stored.ts';

/** No rules of operators: the store is not asked for any. */
export const main = storedAccount(account);
