import { type Values, variable } from '../kernel/variable.ts';
import { ChatModel } from './chat-model.ts';

/**
 * The variables of an account that asks a language model: `new Router(modelVariables)`. `npm start`
 * brings a model of its own for them.
 */
export const modelVariables = {
  MODEL_URL: variable.url('Address of the model, without /chat/completions'),
  MODEL_KEY: variable.secret('Key for the model'),
  MODEL_NAME: variable.text('Name of the model, as its provider spells it'),
};

/** The model that these variables name: `modelIn(ctx.env)`. */
export function modelIn(env: Values<typeof modelVariables>): ChatModel {
  return new ChatModel({ url: env.MODEL_URL, key: env.MODEL_KEY, model: env.MODEL_NAME });
}
