import Sequencer from '@jest/test-sequencer';
import { WHOLE } from './test-arguments.mjs';

/** Files that start real processes or try thousands of orders, by their names: the longest of all. */
const SLOW = new RegExp(`${WHOLE}|exploration\\.test\\.ts$`);

/**
 * Slow files first, so that no worker is left with one of them after the others have ended. jest
 * itself knows how long a file takes from the run before, which a fresh clone has not had.
 */
export default class SlowFilesFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (SLOW.test(path) ? 0 : 1);
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
