import { type Context, type Message, Router, variable } from '../../shared/index.ts';

const variables = {
  SPRING_TAG: variable.wholeNumber('Tag of the guests', { min: 2, max: 99_999 }),
  SPRING_TEMPLATE: variable.text('Template that confirms a place'),
};

export const account = new Router(variables)
  .event('subscribe', 'spring', join)
  .event('SCAN', 'spring', join)
  .event('subscribe', (ctx) => ctx.reply('感谢关注！'));

async function join(ctx: Context<Message, typeof variables>): Promise<void> {
  const { api, env, openid } = ctx;
  const { tagid_list: tags } = await api.tag.listOfFollower({ openid });
  if (tags.includes(env.SPRING_TAG)) return ctx.reply('你已经报名，3 月 8 日见！');
  await api.template.send({
    touser: openid,
    template_id: env.SPRING_TEMPLATE,
    data: { thing1: { value: '春季茶会 3 月 8 日' } },
    client_msg_id: 'spring',
  });
  await api.tag.addFollowers({ tagid: env.SPRING_TAG, openid_list: [openid] });
  ctx.reply('欢迎参加春季茶会！');
}
