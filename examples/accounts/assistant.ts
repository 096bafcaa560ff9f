import * as v from 'valibot';
import {
  chatTurn,
  modelIn,
  modelVariables,
  paragraphs,
  plain,
  Router,
  recentTurns,
  session,
  slow,
  tell,
  transfer,
  turnOf,
} from '../../shared/index.ts';

/** An assistant that asks a language model: that of `npm start`, or DeepSeek, Hunyuan, Qwen and others. */
export const account = new Router(modelVariables);

const memory = session({
  name: 'assistant',
  schema: v.object({ turns: v.array(chatTurn), day: v.string(), tokens: v.number() }),
  initial: { turns: [], day: '', tokens: 0 },
  expiresAfterMinutes: 24 * 60,
});

const system = { role: 'system' as const, content: '你是一家店的客服助手，回答简明。' };
const mayPass = (words: unknown) => !/赌博|代开发票/.test(JSON.stringify(words));
const shown = (text: string) => (mayPass(text) ? plain(text) : '（这一段不便显示）');

account
  .text(['人工', 'human'], (ctx) => ctx.reply(transfer()))
  .text(
    ['重置', 'reset'],
    memory.with(async (ctx, state) => {
      state.turns = [];
      ctx.reply('我们重新开始吧。');
    }),
  );

account.on(
  ['text', 'voice', 'image'],
  slow(
    memory.with(async (ctx, state, next) => {
      const question = turnOf(ctx.message);
      if (!question) return next();
      if (!mayPass(question.content)) return ctx.reply('这个问题我不能回答。');
      const day = new Date(ctx.now()).toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' });
      if (state.day !== day) Object.assign(state, { day, tokens: 0 });
      if (state.tokens > 50_000) return ctx.reply('今天的额度已用完，请明天再来。');

      const turns = recentTurns([...state.turns, question], 2_000);
      const stream = modelIn(ctx.env).stream([system, ...turns], ctx);
      const { text, tokens } = await tell(ctx, paragraphs(stream, { as: shown }));
      state.turns = [...turns, { role: 'assistant', content: text.slice(0, 1_000) }];
      state.tokens += tokens ? tokens.prompt + tokens.completion : 0;
      ctx.log.info('model answered', { details: { ...tokens, ofToday: state.tokens } });
    }),
  ),
);
