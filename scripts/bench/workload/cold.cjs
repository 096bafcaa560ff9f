/**
 * From the start of this process to its first answer: `cold.cjs <request.json>`. Prints what that
 * cost as JSON. Nothing is loaded here that a deployed function would not have.
 */
const { readFileSync, writeSync } = require('node:fs');

const { file, options, event, query, body, env } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
Object.assign(process.env, env);

function report(answer) {
  const { user, system } = process.cpuUsage();
  const ms = performance.now();
  const rssMb = process.memoryUsage.rss() / 1_048_576;
  writeSync(1, JSON.stringify({ ms, cpuMs: (user + system) / 1000, rssMb, answer }));
  process.exit();
}

async function answer() {
  const { create, main } = require(file);
  if (!event) return create(options)(query, body);
  console.log = () => {};
  return (await main(event, { request_id: 'cold' })).body;
}

if (!file) report('');
else void answer().then(report);
