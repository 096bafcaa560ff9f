import { Router } from '../../../shared/index.ts';

/** Says each text again. */
export const account = new Router().on('text', (ctx) => ctx.reply(ctx.message.content));
