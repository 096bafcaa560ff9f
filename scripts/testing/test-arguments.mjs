/**
 * What `npm test` understands beside jest's own options. Plain JavaScript without dependencies, as is
 * the door that uses it.
 */
export const TEST_HELP = `Usage: npm test [-- <part of a path> …] [options]

Runs the tests, offline: all of them, or those whose paths contain one of the words, as in
\`npm test -- router menu\`.

  --mine           only the tests of your bot: account.test.ts and what stands beside it, in a second or
                   two, since nothing is built or started for them
  --mine --watch   the same again whenever you save a file
  -t <words>       only tests whose names contain the words
  --watch          what has changed since the last commit, again and again
  --help           print this

Every other option is jest's own: https://jestjs.io/docs/cli. Exit code 1 means that a test failed.`;

/** The tests that `--mine` leaves out in a bot alone, which has no others. */
const NOT_MINE = '/node_modules/|/dist/|/\\.fuwuhao/|\\.smoke\\.test\\.ts$';

/** jest's arguments for ours, in a checkout or in a bot alone; `undefined` if help was asked for. */
export function jestArguments(args, isBot) {
  if (args.includes('--help') || args.includes('-h')) return undefined;
  if (!args.includes('--mine')) return args;
  // jest's `--watch` asks git what has changed; these tests are few, and not every bot lies in git.
  const rest = args
    .filter((arg) => arg !== '--mine')
    .map((arg) => (arg === '--watch' ? '--watchAll' : arg));
  return isBot
    ? ['--testPathIgnorePatterns', NOT_MINE, ...rest]
    : ['--config', 'jest.mine.config.js', ...rest];
}
