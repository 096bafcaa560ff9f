import { describe, expect, test } from '@jest/globals';
import { variable } from '../kernel/variable.ts';
import { image, music, news, transfer, video } from '../wechat/reply.ts';
import { idempotent } from './idempotent.ts';
import { Router } from './router.ts';
import { talk } from './talk.ts';

const text = (content: string) => ({ type: 'text', content }) as const;
const click = (key: string) => ({ type: 'event', event: 'CLICK', key }) as const;

describe('Router', () => {
  test('routes text by word, list and pattern; the first match ends it', async () => {
    const account = new Router()
      .text('hi', (ctx) => ctx.reply('word'))
      .text(['help', '帮助'], (ctx) => ctx.reply('list'))
      .text(/^order (\d+)$/, (ctx) => ctx.reply(`order ${ctx.match[1]}`))
      .on('text', (ctx) => ctx.reply(`else ${ctx.message.content}`))
      .use((ctx) => ctx.reply('never for text'));

    expect(await talk(account, text(' hi\n'))).toMatchObject({ content: 'word' });
    expect(await talk(account, text('帮助'))).toMatchObject({ content: 'list' });
    expect(await talk(account, text('order 7'))).toMatchObject({ content: 'order 7' });
    expect(await talk(account, text('hi there'))).toMatchObject({ content: 'else hi there' });
  });

  test('routes events by name, by key and by pattern of the key', async () => {
    const account = new Router()
      .event('CLICK', 'A', (ctx) => ctx.reply('A'))
      .event('CLICK', /^B(\d)$/, (ctx) => ctx.reply(`B${ctx.match[1]}`))
      .event('CLICK', (ctx) => ctx.reply(`other ${ctx.message.key}`))
      .event('brand_new', (ctx) => ctx.reply(ctx.message.name));

    expect(await talk(account, click('A'))).toMatchObject({ content: 'A' });
    expect(await talk(account, click('B7'))).toMatchObject({ content: 'B7' });
    expect(await talk(account, click('C'))).toMatchObject({ content: 'other C' });
    expect(
      await talk(account, { type: 'event', event: 'unknown', name: 'brand_new' }),
    ).toMatchObject({ content: 'brand_new' });
    expect(await talk(account, { type: 'event', event: 'VIEW', key: 'A' })).toBeUndefined();
  });

  test('a pattern with memory has none: the same text matches every time', async () => {
    const account = new Router().text(/a/g, (ctx) => ctx.reply('yes'));

    for (let time = 0; time < 3; time += 1) {
      expect(await talk(account, text('a'))).toMatchObject({ content: 'yes' });
    }
  });

  test('middleware stands around the routes, and routers nest in their place', async () => {
    const seen: string[] = [];
    const faq = new Router().text('price', (ctx) => ctx.reply('free'));
    const account = new Router()
      .use(async (_, next) => {
        seen.push('before');
        await next();
        seen.push('after');
      })
      .use(faq)
      .text('price', (ctx) => ctx.reply('never'))
      .use((ctx) => ctx.reply('fallback'));

    expect(await talk(account, text('price'))).toMatchObject({ content: 'free' });
    expect(await talk(account, text('x'))).toMatchObject({ content: 'fallback' });
    expect(seen).toEqual(['before', 'after', 'before', 'after']);
  });

  test('a handler can pass a message on', async () => {
    const account = new Router()
      .on(['text', 'image'], (_, next) => next())
      .on('image', (ctx) => ctx.reply(ctx.message.mediaId));

    expect(await talk(account, { type: 'image', mediaId: 'm' })).toMatchObject({ content: 'm' });
  });

  test('a second next() is an error', async () => {
    const account = new Router().use(async (_, next) => {
      await next();
      await next();
    });

    await expect(talk(account, text('x'))).rejects.toThrow('more than once');
  });

  test('handlers see the type that they asked for', () => {
    new Router()
      .on('image', (ctx) => {
        // @ts-expect-error an image has no content
        ctx.message.content;
      })
      .on(['video', 'shortvideo'], (ctx) => ctx.reply(ctx.message.thumbMediaId ?? ''))
      .event('LOCATION', (ctx) => ctx.reply(String(ctx.message.latitude)))
      .event('CLICK', /^B(\d)$/, (ctx) => ctx.reply(ctx.match[1] ?? ''))
      // @ts-expect-error there is no such type
      .on('smell', () => {});
  });

  test('handlers find the variables that their router declares, and those of no other', async () => {
    const shop = variable.text('Name of the shop');
    const wait = variable.wholeNumber('Seconds to wait', { min: 1, max: 9, default: 3 });
    const inner = new Router({ SHOP: shop }).text('shop', (ctx) => ctx.reply(ctx.env.SHOP));
    const account = new Router({ SHOP: shop, WAIT: wait })
      .use(inner)
      .use(new Router().text('plain', (ctx) => ctx.reply('plain')))
      .text(
        /^wait/,
        idempotent((ctx) => ctx.reply(ctx.env.WAIT.toFixed(1))),
      )
      // @ts-expect-error it is not declared
      .text('other', (ctx) => ctx.reply(String(ctx.env.OTHER)));
    const env = { SHOP: '甲店' };

    expect(await talk(account, text('shop'), { env })).toMatchObject({ content: '甲店' });
    expect(await talk(account, text('wait'))).toMatchObject({ content: '3.0' });
    expect(await talk(account, text('plain'))).toMatchObject({ content: 'plain' });
    await expect(talk(account, text('shop'))).rejects.toThrow('SHOP is missing (Name of the shop)');
    // @ts-expect-error the inner router needs a variable that this one does not declare
    new Router().use(inner);
    // @ts-expect-error the account has no such variable
    await talk(account, text('plain'), { env: { OTHER: 'x' } });
  });
});

describe('context', () => {
  test('a second reply is an error, and so is one that WeChat would not show', async () => {
    const twice = new Router().use((ctx) => {
      ctx.reply('one');
      ctx.reply('two');
    });
    const empty = new Router().use((ctx) => ctx.reply(''));

    await expect(talk(twice, text('x'))).rejects.toMatchObject({ code: 'conflict' });
    await expect(talk(empty, text('x'))).rejects.toMatchObject({ code: 'invalid' });
  });

  test('send writes to the follower through the API, whatever is to be sent', async () => {
    const sent: unknown[] = [];
    const api = {
      customerService: {
        send: async (message: unknown) => {
          sent.push(message);
          return { errcode: 0, errmsg: 'ok' };
        },
      },
    };
    const account = new Router().use(async (ctx) => {
      await ctx.send('text');
      await ctx.send(image('m'));
      await ctx.send(news([{ title: 't', description: 'd', picUrl: 'p', url: 'u' }]));
      await ctx.send({ msgtype: 'msgmenu', msgmenu: { list: [{ id: '1', content: 'yes' }] } });
    });

    await talk(account, { ...text('x'), openid: 'oUser' }, { api });

    expect(sent).toEqual([
      { touser: 'oUser', msgtype: 'text', text: { content: 'text' } },
      { touser: 'oUser', msgtype: 'image', image: { media_id: 'm' } },
      {
        touser: 'oUser',
        msgtype: 'news',
        news: { articles: [{ title: 't', description: 'd', url: 'u', picurl: 'p' }] },
      },
      { touser: 'oUser', msgtype: 'msgmenu', msgmenu: { list: [{ id: '1', content: 'yes' }] } },
    ]);
  });

  test('send writes to the follower whom an event names, not to the push service that sends it', async () => {
    const sent: unknown[] = [];
    const note = async (message: object) => {
      sent.push('touser' in message && message.touser);
      return { errcode: 0, errmsg: 'ok' };
    };
    const account = new Router().use(async (ctx) => {
      await ctx.typing();
      await ctx.send('Your data are deleted.');
    });
    const said = {
      type: 'event',
      event: 'user_authorization_revoke',
      userOpenid: 'oUser',
    } as const;

    await talk(
      account,
      { ...said, openid: 'oPushService' },
      { api: { customerService: { send: note, setTyping: note } } },
    );

    expect(sent).toEqual(['oUser', 'oUser']);
  });

  test.each([
    ['a sixth message', text('x'), 6, 'rate_limited'],
    ['a message to one who has left', { type: 'event', event: 'unsubscribe' }, 1, 'conflict'],
    ['a message to WeChat itself', { type: 'event', event: 'annual_renew' }, 1, 'invalid'],
  ] as const)('send refuses %s before WeChat is asked', async (_, message, times, code) => {
    let asked = 0;
    const send = async () => {
      asked += 1;
      return { errcode: 0, errmsg: 'ok' };
    };
    const account = new Router().use(async (ctx) => {
      for (let time = 0; time < times; time += 1) await ctx.send('again');
    });

    await expect(
      talk(account, message, { api: { customerService: { send } } }),
    ).rejects.toMatchObject({ code });
    expect(asked).toBe(times - 1);
  });

  test.each([
    ['a transfer', transfer()],
    ['a video without a picture', video({ mediaId: 'm' })],
    ['music without a link', music({ thumbMediaId: 'm' })],
    ['nothing', ''],
  ])('send refuses %s', async (_, content) => {
    const account = new Router().use((ctx) => ctx.send(content));

    await expect(talk(account, text('x'))).rejects.toMatchObject({ code: 'invalid' });
  });
});
