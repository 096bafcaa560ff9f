import { clip, image, Router, video, voice } from '../../shared/index.ts';

/**
 * "Image exchange" (图尚往来): media come back as they are. WeChat keeps the media of a message for
 * three days, so that its `mediaId` can be sent again without an upload; to send a picture of your
 * own, upload it first (`npm run invoke -- material uploadMedia …`).
 */
export const account = new Router()
  .on('image', (ctx) => ctx.reply(image(ctx.message.mediaId)))
  // `recognition` is what was said, if speech recognition is on for the account.
  .on('voice', (ctx) => ctx.reply(ctx.message.recognition ?? voice(ctx.message.mediaId)))
  .on(['video', 'shortvideo'], (ctx) =>
    ctx.reply(video({ mediaId: ctx.message.mediaId, title: 'Your video' })),
  )
  .on('location', (ctx) => {
    const { latitude, longitude, label } = ctx.message;
    ctx.reply(`${label ?? 'Somewhere'} (${latitude}, ${longitude})`);
  })
  .on('link', (ctx) => ctx.reply(clip(`"${ctx.message.title}" ${ctx.message.url}`)));
