/** One process with many callers: at each `go` all of them call WeChat at once. */
const [file, account] = process.argv.slice(2);
const { create, main } = require(file);
const call = (create ?? main)(JSON.parse(account));

process.on('message', (count) => void callAll(count));

async function callAll(count) {
  const calls = Array.from({ length: count }, async () => (await call()) === true);
  const results = await Promise.allSettled(calls);
  const failed = results.filter(({ value }) => value !== true);
  process.send({ failed: failed.length, reason: String(failed[0]?.reason ?? '') });
}

process.on('disconnect', () => process.exit());
process.send('ready');
