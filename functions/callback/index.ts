import { account } from '#account';
import { callbackApp } from '../../shared/app/callback.ts';
import { callbackFunction } from '../../shared/scf/callback-door.ts';

/**
 * WeChat calls this by HTTP: GET to verify the URL, POST with every message and event. Inside WeChat
 * Cloud the event is the message itself.
 */
export const main = callbackFunction(callbackApp(account));
