import { callbackApp } from '../../shared/app/callback.ts';
import { httpFunction } from '../../shared/scf/http.ts';
import { account } from './account.ts';

/** WeChat calls this by HTTP: GET to verify the URL, POST with every message and event. */
export const main = httpFunction(callbackApp(account));
