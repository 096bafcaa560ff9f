import * as v from 'valibot';
import { AppError } from '../kernel/errors.ts';
import type { NoVariables, Values, Variables } from '../kernel/variable.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';
import type { Context } from './context.ts';
import { delivery } from './delivery.ts';
import { type DialogLanguage, type DialogWords, dialogWords } from './dialog-words.ts';
import { withoutClaim } from './idempotent.ts';
import type { Middleware } from './middleware.ts';
import { Session } from './session.ts';

type TextMessage = Extract<Message, { type: 'text' }>;

/** Asks the follower, who has answered the questions before. */
type Question<Answers> = string | ((answers: Answers) => string | Reply);

/** Makes a value of what the follower says; the message of its first issue is what the follower reads. */
type AnswerSchema<Value> = v.GenericSchema<string, Value> | v.GenericSchemaAsync<string, Value>;

interface Step {
  readonly name: string;
  readonly question: Question<never>;
  readonly schema: AnswerSchema<unknown>;
}

export interface DialogOptions {
  /** The dialog is over when the follower has not answered for so long; default 30. */
  readonly expiresAfterMinutes?: number;
  /** Of the words below that are not given; default `zh`. */
  readonly language?: DialogLanguage;
  readonly words?: Partial<DialogWords>;
}

/** What the follower has said in the dialog that is open; at most one is. */
const stateSchema = v.strictObject({ name: v.string(), said: v.array(v.string()) });
type DialogState = v.InferOutput<typeof stateSchema>;
const closed: DialogState = { name: '', said: [] };
/** No session of an account has such a name. */
const SESSION = '#dialog';

/**
 * Several questions, asked one after the other. A route begins it with `start`, and the router takes the
 * answers where the dialog is added by `use`: routes before it are commands that work in between, and
 * what is no text passes it.
 *
 * @example
 * const booking = dialog('booking')
 *   .ask('name', 'What is your name?')
 *   .ask('guests', 'How many are you?', v.pipe(v.string(), v.regex(/^[1-9]$/, 'Up to nine.'), v.transform(Number)))
 *   .done((ctx, { name, guests }) => ctx.reply(`${name}, a table for ${guests}.`));
 * account.text('book', booking.start).use(booking);
 */
export function dialog<Own extends Variables = NoVariables>(
  name: string,
  options: DialogOptions = {},
): DialogQuestions<Readonly<Record<never, never>>, Own> {
  return new DialogQuestions(name, options, []);
}

/** A dialog to which questions are added. */
export class DialogQuestions<Answers extends object, Own extends Variables> {
  readonly #name: string;
  readonly #options: DialogOptions;
  readonly #steps: readonly Step[];

  constructor(name: string, options: DialogOptions, steps: readonly Step[]) {
    if (name.trim() === '') throw new AppError('invalid', 'A dialog needs a name.');
    this.#name = name;
    this.#options = options;
    this.#steps = steps;
  }

  /** The answer is the text itself, or what a schema makes of it. One that does not fit is asked again. */
  ask<const Name extends string, Value = string>(
    name: Name,
    question: Question<Answers>,
    schema: AnswerSchema<Value> = v.string() as unknown as AnswerSchema<Value>,
  ): DialogQuestions<Answers & { readonly [Key in Name]: Value }, Own> {
    if (this.#steps.some((step) => step.name === name)) {
      throw new AppError('invalid', `The dialog "${this.#name}" asks for "${name}" twice.`);
    }
    return new DialogQuestions(this.#name, this.#options, [
      ...this.#steps,
      { name, question, schema },
    ]);
  }

  /** What is done with the answers; the dialog is over by then, in the same transaction. */
  done(
    handler: (ctx: Context<TextMessage, Own>, answers: Answers) => void | Promise<void>,
  ): Dialog<Own> {
    if (this.#steps.length === 0) {
      throw new AppError('invalid', `The dialog "${this.#name}" asks nothing.`);
    }
    return new Dialog(this.#name, this.#options, this.#steps, handler as Done);
  }
}

type Done = (ctx: Context<TextMessage>, answers: object) => void | Promise<void>;

/** A dialog that can be added to a router. Made by {@link dialog}. */
export class Dialog<Own extends Variables = NoVariables> {
  /** The route that begins the dialog, or begins it anew. */
  readonly start: (ctx: Context<Message, Own>, next: () => Promise<void>) => void | Promise<void>;
  readonly #name: string;
  readonly #words: DialogWords;
  readonly #steps: readonly Step[];
  readonly #done: Done;
  readonly #session: Session<DialogState>;
  readonly #takeAnswers: Middleware<Context>;

  constructor(name: string, options: DialogOptions, steps: readonly Step[], done: Done) {
    const { expiresAfterMinutes = 30, language = 'zh', words } = options;
    this.#name = name;
    this.#words = { ...dialogWords[language], ...words };
    this.#steps = steps;
    this.#done = done;
    this.#session = new Session({
      name: SESSION,
      schema: stateSchema,
      initial: closed,
      expiresAfterMinutes,
    });
    this.start = this.#session.with(async (ctx) => this.#ask(ctx, [], {}));
    this.#takeAnswers = this.#createMiddleware();
  }

  /** Takes the answers; for `use`. */
  middleware(_: Values<Own>): Middleware<Context> {
    return this.#takeAnswers;
  }

  #createMiddleware(): Middleware<Context> {
    const takeAnswer = this.#session.with<Context>(async (ctx, { name, said }, next) => {
      const { message } = ctx;
      if (name !== this.#name || message.type !== 'text') await next();
      else await this.#take(ctx as Context<TextMessage>, message.content.trim(), said);
    });
    // Whoever is in no dialog is not kept in a line.
    return withoutClaim(async (ctx, next) => {
      const mayBeOpen =
        ctx.message.type === 'text' && (await ctx[delivery]?.remembers?.(SESSION)) !== false;
      return mayBeOpen ? takeAnswer(ctx, next) : next();
    });
  }

  async #take(ctx: Context<TextMessage>, content: string, said: readonly string[]): Promise<void> {
    if (this.#words.cancel.includes(content)) {
      this.#session.forget(ctx);
      ctx.reply(this.#words.cancelled);
      return;
    }
    const isBack = this.#words.back.includes(content);
    const { answers, kept, problem } = await this.#read(
      isBack ? said.slice(0, -1) : [...said, content],
    );
    if (kept.length < this.#steps.length) {
      this.#ask(ctx, kept, answers, problem);
      return;
    }
    this.#session.forget(ctx);
    await this.#done(ctx, answers);
  }

  /** What has been said, up to the first answer that does not fit. */
  async #read(said: readonly string[]): Promise<{
    readonly answers: object;
    readonly kept: readonly string[];
    readonly problem?: string;
  }> {
    const answers: Record<string, unknown> = {};
    for (const [index, { name, schema }] of this.#steps.entries()) {
      const text = said[index];
      if (text === undefined) return { answers, kept: said };
      const result = await v.safeParseAsync(schema, text);
      if (!result.success) {
        return { answers, kept: said.slice(0, index), problem: result.issues[0].message };
      }
      answers[name] = result.output;
    }
    return { answers, kept: said };
  }

  #ask(
    ctx: Context<Message, Own> | Context<TextMessage>,
    said: readonly string[],
    answers: object,
    problem?: string,
  ): void {
    const step = this.#steps[said.length];
    const question = step?.question as Question<object>;
    const asked = typeof question === 'function' ? question(answers) : question;
    this.#session.set(ctx as Context, { name: this.#name, said: [...said] });
    const isText = typeof asked === 'string' && problem !== undefined;
    ctx.reply(isText ? `${problem}\n${asked}` : asked);
  }
}
