import { createRequire } from 'node:module';

/**
 * Runs invocations one after the other in the built bundle of a function, as one instance does, and
 * prints for each its outcome and how far the memory of the process rose above where it stood.
 * Run with `--expose-gc`.
 */
const [bundle = '', events = '[]'] = process.argv.slice(2);
const { main } = createRequire(import.meta.url)(bundle) as {
  main: (event: unknown, context: unknown) => Promise<unknown>;
};
const SAMPLE_MS = 2;

for (const event of JSON.parse(events) as unknown[]) {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, SAMPLE_MS);
  const outcome = await main(event, { request_id: 'large' });
  clearInterval(sampler);
  peak = Math.max(peak, process.memoryUsage().rss);
  process.stdout.write(`${JSON.stringify({ outcome, riseBytes: peak - before })}\n`);
}
process.exit(0);
