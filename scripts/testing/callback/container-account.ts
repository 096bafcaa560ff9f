import { defer, image, Router } from '../../../shared/index.ts';

/** The first bytes of a PNG are all that the emulated WeChat looks at. */
const PICTURE = Buffer.from('\x89PNG\r\n\x1a\npicture', 'latin1');

/** Handlers that call WeChat, of an account that may live where no token is in their reach. */
export const account = new Router()
  .text('template', async (ctx) => {
    const { msgid } = await ctx.api.template.send({
      touser: ctx.openid,
      template_id: 'order-template',
      data: { thing1: { value: 'Apples' } },
    });
    ctx.reply(msgid ? 'template sent' : 'no id');
  })
  .text('picture', async (ctx) => {
    const { media_id: mediaId = '' } = await ctx.api.media.upload({
      type: 'image',
      media: { data: PICTURE, fileName: 'a.png', contentType: 'image/png' },
    });
    ctx.reply(image(mediaId));
  })
  .text(
    'later',
    defer((ctx) => ctx.reply('It is later now.')),
  )
  // All that a handler can see of this process.
  .text('reach', (ctx) => ctx.reply(JSON.stringify(process.env)));
