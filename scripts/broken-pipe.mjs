/**
 * Loaded before each command: when the program that reads its output has ended (`npm run logs | head`), what
 * is still written goes nowhere, and the command goes on with its work: a deploy must not end half done.
 */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
