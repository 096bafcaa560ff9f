/**
 * Run as a process of its own: calls a function in each way there is and prints which variables it
 * asked for. What becomes of the calls does not matter: they have nowhere to go.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [name = ''] = process.argv.slice(2);
const asked = new Set<string>();
process.env = new Proxy(process.env, {
  get(env, variable) {
    if (typeof variable === 'string') asked.add(variable);
    return Reflect.get(env, variable);
  },
});
const folder = path.resolve(import.meta.dirname, `../../functions/${name}`);
const main = await mainOf<(event: unknown, context: unknown) => Promise<unknown>>('index.ts');
const context = {
  request_id: 'r',
  time_limit_in_ms: 3_000,
  environment: '{"TRIGGER_SRC":"timer"}',
};
const events = [
  { httpMethod: 'GET', path: '/', headers: {}, queryString: {} },
  { Type: 'Timer', TriggerName: 't', Time: '2026-01-01T00:00:00Z', Message: '' },
  { action: 'none' },
];
for (const event of events) main(event, context).catch(() => {});
if (existsSync(path.join(folder, 'server.ts'))) {
  const serve = await mainOf<() => Promise<void>>('server.ts');
  serve().catch(() => {});
}
// An app is composed, and its settings are read, before a function first waits for anything outside.
for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
process.stdout.write(`${JSON.stringify([...asked])}\n`, () => process.exit());

async function mainOf<Main>(file: string): Promise<Main> {
  const { href } = pathToFileURL(path.join(folder, file));
  return ((await import(href)) as { readonly main: Main }).main;
}
