import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allows, type Policy, type Statement, trusts } from './policy.ts';

const policy = (...statement: Statement[]): Policy => ({ statement });
const allow = (action: string, resource: string): Statement => ({
  effect: 'allow',
  action,
  resource,
});
const worker = 'qcs::scf:ap-shanghai:uin/1:namespace/default/function/fuwuhao-prod-worker';
const may = (statements: Statement[], action: string, resource = worker) =>
  allows([policy(...statements)], { action, resource });

describe('a policy of CAM', () => {
  test.each<[string, string, boolean]>([
    ['scf:InvokeFunction', worker, true],
    ['scf:*', '*', true],
    ['scf:Invoke*', 'qcs::scf:ap-shanghai:uin/1:namespace/default/function/fuwuhao-*', true],
    ['scf:InvokeFunction', 'qcs::scf:::namespace/default/function/fuwuhao-prod-worker', true],
    ['scf:invokefunction', worker, true],
    ['scf:InvokeFunction', 'qcs::scf:ap-guangzhou:uin/1:namespace/default/function/*', false],
    ['scf:InvokeFunction', 'qcs::scf:ap-shanghai:uin/2:namespace/default/function/*', false],
    ['scf:InvokeFunction', 'qcs::scf:ap-shanghai:uin/1:namespace/default/function/shop-*', false],
    ['scf:InvokeFunction', 'qcs::tcb:ap-shanghai:uin/1:namespace/default/function/*', false],
    ['scf:GetFunction', worker, false],
  ])('that allows %s on %s: %s', (action, resource, is) => {
    expect(may([allow(action, resource)], 'scf:InvokeFunction')).toBe(is);
  });

  test('allows nothing that any statement denies, in whatever order', () => {
    const deny: Statement = { effect: 'deny', action: ['scf:Delete*'], resource: '*' };

    for (const both of [
      [allow('scf:*', '*'), deny],
      [deny, allow('scf:*', '*')],
    ]) {
      expect(may(both, 'scf:DeleteFunction')).toBe(false);
      expect(may(both, 'scf:GetFunction')).toBe(true);
    }
  });

  test('an action without a single resource needs one that covers all', () => {
    expect(may([allow('scf:ListFunctions', worker)], 'scf:ListFunctions', '*')).toBe(false);
    expect(may([allow('scf:ListFunctions', '*')], 'scf:ListFunctions', '*')).toBe(true);
  });

  test('nothing is allowed by no policy, and a narrower one never allows more', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (action, resource) => {
        expect(allows([], { action, resource })).toBe(false);
        const narrow = may([allow('scf:Get*', worker)], action, resource);
        expect(!narrow || may([allow('*', '*')], action, resource)).toBe(true);
      }),
    );
  });

  test.each<[string, Statement, boolean]>([
    [
      'a list of services',
      {
        effect: 'allow',
        action: ['name/sts:AssumeRole'],
        principal: { service: ['scf.qcloud.com'] },
      },
      true,
    ],
    [
      'one service',
      { effect: 'allow', action: 'sts:AssumeRole', principal: { service: 'scf.qcloud.com' } },
      true,
    ],
    [
      'another service',
      { effect: 'allow', action: 'sts:AssumeRole', principal: { service: 'cvm.qcloud.com' } },
      false,
    ],
  ])('a role trusts %s', (_, statement, is) => {
    expect(trusts(policy(statement), 'scf.qcloud.com')).toBe(is);
  });
});
