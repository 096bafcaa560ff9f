import { echo } from './fuwuhao-app.ts';
import { stored } from './stored.ts';

/** One that may wait: a write before it, and one after it. */
export const main = stored(async (ctx) => echo(ctx));
