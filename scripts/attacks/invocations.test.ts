import { test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { action } from '../../shared/kernel/action.ts';
import { createLog } from '../../shared/kernel/log.ts';
import { invokable } from '../../shared/scf/invoke.ts';
import { createTally } from './tally.ts';

const tally = createTally('functions that are invoked');

const persons = [
  ...['WX_OPENID', 'WX_UNIONID', 'WX_FROM_OPENID', 'WX_FROM_APPID', 'FROM_OPENID', 'FROM_UNIONID'],
  ...['QQ_OPENID', 'TCB_UUID', 'TCB_CUSTOM_USER_ID', 'TCB_ISANONYMOUS_USER', 'LOGINTYPE'],
];
const sources = [
  ...['wx_client', 'wx_devtools', 'wx_unknown', 'wx_http', 'wx_crawler', 'wx_localdebug', 'web'],
  ...['scf,wx_client', ' wx_client ', 'SCF', 'toString', '__proto__'],
];

/** Every way in which a context may name a client, or name nobody. */
const contexts: readonly unknown[] = [
  ...[undefined, null, '', 'scf', 0, true, [], () => {}],
  ...[{ environment: {} }, { environment: 1 }, { environ: {} }, { environ: null }],
  ...[{ environment: '{' }, { environment: '[]' }, { environment: 'null' }, { environment: '""' }],
  ...persons.flatMap((name) => bothWays({ TRIGGER_SRC: 'timer', TCB_SOURCE: 'scf', [name]: 'x' })),
  ...sources.flatMap((source) => bothWays({ TCB_SOURCE: source })),
];

function bothWays(variables: Readonly<Record<string, string>>): readonly unknown[] {
  const pairs = Object.entries(variables).map((pair) => pair.join('='));
  return [{ environment: JSON.stringify(variables) }, { environ: pairs.join(';') }];
}

test('a client, and whoever cannot be told, runs no action', async () => {
  let runs = 0;
  const main = invokable({ act: action(v.unknown(), async () => ++runs) }, () => ({
    clock: { now: () => 0, after: () => () => {} },
    log: createLog({ write: () => {}, now: () => 0, level: 'error' }),
  }));
  const passed: string[] = [];
  const attack = async (context: unknown) => {
    const answer = await main({ action: 'act' }, context);
    if (answer.ok || answer.error.code !== 'forbidden') passed.push(JSON.stringify(context));
  };
  for (const context of contexts) await attack(context);
  let made = 0;
  const name = fc.constantFrom(...persons);
  const junk = fc.dictionary(fc.constantFrom('TRIGGER_SRC', 'TCB_ENV', 'A'), fc.string());
  await fc.assert(
    fc.asyncProperty(name, fc.string({ minLength: 1 }), junk, async (key, value, more) => {
      made += 1;
      await attack({ environment: JSON.stringify({ ...more, [key]: value }) });
    }),
    { numRuns: 500 },
  );

  tally.refused(contexts.length + made, passed);
  if (runs > 0) throw new Error(`${runs} actions were run.`);
});
