import { autoReplies, Router } from '../../../shared/index.ts';

/** Says each text again that no rule of an operator takes. */
export const account = new Router()
  .use(autoReplies())
  .on('text', (ctx) => ctx.reply(ctx.message.content));
