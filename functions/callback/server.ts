import { account } from '#account';
import { callbackApp } from '../../shared/app/callback.ts';
import { callbackServer } from '../../shared/scf/callback-door.ts';
import { serve } from '../../shared/scf/serve.ts';

/** The same callback as an HTTP server, which handles many messages at a time in one process. */
export const main = async () =>
  serve((world) => callbackServer(callbackApp(account, world), world.env));
