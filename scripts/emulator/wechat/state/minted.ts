import { channel } from 'node:diagnostics_channel';

const told = channel('fuwuhao.emulator');

/** Tells who listens in this process, as the tests do, which words must be found in no log. */
export function minted(secret: string): string {
  if (told.hasSubscribers) told.publish({ secret });
  return secret;
}
