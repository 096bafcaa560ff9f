import { echo } from './fuwuhao-app.ts';
import { stored } from './stored.ts';

/** Done when it returns: one write. */
export const main = stored(echo);
