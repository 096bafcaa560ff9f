import { pure } from '../../../shared/index.ts';
import { echo } from './fuwuhao-app.ts';
import { stored } from './stored.ts';

/** Whose reply is computed from the message alone: nothing is stored. */
export const main = stored(pure(echo));
