import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { action } from './action.ts';
import { service } from './conformance.ts';

test('an action that is not as the official SDK has it does not compile', () => {
  const id = { FunctionName: v.string(), Namespace: v.optional(v.string()) };
  const scf = service<'scf'>();
  const made = [
    scf('2018-04-16', { GetFunction: action(id, () => ({ Status: 'Active' })) }),
    // @ts-expect-error -- There is no such action.
    scf('2018-04-16', { GetFunctions: action(id, () => ({ Status: 'Active' })) }),
    // @ts-expect-error -- It takes no such parameter.
    scf('2018-04-16', { GetFunction: action({ ...id, Region: v.string() }, () => ({})) }),
    // @ts-expect-error -- The name is a text.
    scf('2018-04-16', { GetFunction: action({ FunctionName: v.number() }, () => ({})) }),
    // @ts-expect-error -- It would refuse the name of the function, without which nothing is deleted.
    scf('2018-04-16', { DeleteFunction: action({}, () => ({})) }),
    // @ts-expect-error -- The answer has no such field.
    scf('2018-04-16', { GetFunction: action(id, () => ({ Region: 'ap-shanghai' })) }),
    // @ts-expect-error -- Nor has a trigger inside of it.
    scf('2018-04-16', { GetFunction: action(id, () => ({ Triggers: [{ Name: 'url' }] })) }),
    // @ts-expect-error -- The status is a text.
    scf('2018-04-16', { GetFunction: action(id, () => ({ Status: 1 })) }),
    // @ts-expect-error -- Nothing is known about this answer.
    scf('2018-04-16', { GetFunction: action(id, (): object => ({})) }),
  ];

  expect(made).toHaveLength(9);
});
