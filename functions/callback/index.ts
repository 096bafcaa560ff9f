import { callbackFunction } from '../../shared/index.ts';
import { account } from './account.ts';

/** WeChat calls this by HTTP: GET to verify the URL, POST with every message and event. */
export const main = callbackFunction(account);
