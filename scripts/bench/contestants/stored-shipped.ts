import { account } from '../../testing/callback/shipped-account.ts';
import { storedAccount } from './stored.ts';

/** The account as it is shipped, with all its routes. */
export const main = storedAccount(account);
