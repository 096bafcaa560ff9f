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
  --quick          without those that start whole processes, browsers and programs of others (*.e2e,
                   *.browser, *.smoke and soak): more than nine tests in ten, in a third of the time
  -t <words>       only tests whose names contain the words
  --watch          what has changed since the last commit, again and again
  --help           print this

Every other option is jest's own: https://jestjs.io/docs/cli. Exit code 1 means that a test failed.`;

/** Tests of real processes and browsers, by their paths: few of the tests, and most of the time. */
export const WHOLE = String.raw`(?:\.e2e|\.browser|\.smoke|/soak/.*)\.test\.ts$`;

/** What is said at the end of `--quick`, so that nobody takes it for all. */
export const QUICK_END =
  'These were the quick tests. Those of whole processes and browsers (*.e2e, *.browser, *.smoke, soak) did not run; without --quick they do.';

/** jest takes the option in place of these of jest.config.js, so it has to name them again. */
const NO_TESTS = String.raw`/node_modules/|/dist/|/\.fuwuhao/`;

/** jest's arguments for ours, in a checkout or in a bot alone; `undefined` if help was asked for. */
export function jestArguments(args, isBot) {
  if (args.includes('--help') || args.includes('-h')) return undefined;
  const isMine = args.includes('--mine');
  const others = args.filter((arg) => arg !== '--mine' && arg !== '--quick');
  // jest's `--watch` asks git what has changed; these tests are few, and not every bot lies in git.
  const rest = isMine ? others.map((arg) => (arg === '--watch' ? '--watchAll' : arg)) : others;
  if (isMine && !isBot) return ['--config', 'jest.mine.config.js', ...rest];
  // A bot alone has no tests but its own. The option comes last, since it takes all words behind it.
  return isMine || args.includes('--quick')
    ? [...rest, '--testPathIgnorePatterns', `${NO_TESTS}|${WHOLE}`]
    : rest;
}
