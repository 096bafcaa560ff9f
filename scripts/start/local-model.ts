import { randomBytes } from 'node:crypto';
import { systemClock } from '../../shared/kernel/clock.ts';
import { createModel, type EmulatedModel } from '../emulator/model/model.ts';
import { listenModel } from '../emulator/model/server.ts';
import type { Texts } from './own-variables.ts';

/** A language model on this machine, for accounts that ask one. */
export interface LocalModel {
  readonly model: EmulatedModel;
  readonly url: string;
  /** The variables that say where the account's model is; those of the local one, unless they name another. */
  textsWith(own: Texts): Texts;
  close(): Promise<void>;
}

const NAME = 'fuwuhao-local';

/** On any free port: the account is told where it is. */
export async function startLocalModel(): Promise<LocalModel> {
  const key = `sk-${randomBytes(16).toString('hex')}`;
  const model = createModel({ clock: systemClock, key, name: NAME });
  const { url, close } = await listenModel(model, 0);
  const here = { MODEL_URL: url, MODEL_KEY: key, MODEL_NAME: NAME };
  return {
    model,
    url,
    // Its key and name are of no use elsewhere.
    textsWith: (own) => (own.MODEL_URL ? own : { ...own, ...here }),
    close,
  };
}
