import { account } from '#account';
import { callbackApp } from '../../shared/app/callback.ts';
import { httpFunction } from '../../shared/scf/http.ts';

/** WeChat calls this by HTTP: GET to verify the URL, POST with every message and event. */
export const main = httpFunction(callbackApp(account));
