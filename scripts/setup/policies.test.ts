import { describe, expect, test } from '@jest/globals';
import { type PolicyPlaces, policyNames, policyOf } from './policies.ts';

const places: PolicyPlaces = {
  uin: '100000000001',
  appid: '1251234567',
  region: 'ap-shanghai',
  envId: 'env-1',
  service: 'fuwuhao',
  stage: 'prod',
  topicId: 'topic-1',
};

describe.each(policyNames)('the policy %s', (name) => {
  test('has no place left open', () => {
    expect(JSON.stringify(policyOf(name, places))).not.toContain('${');
  });

  test('lets keys of nothing but this project do anything that changes something', () => {
    const wide = policyOf(name, places)
      .statement.filter(({ effect, resource }) => effect === 'allow' && resource?.includes('*'))
      .flatMap(({ action }) => action);

    for (const action of wide) expect(action).toMatch(/^\w+:(?:Get|List|Describe|Check)\w+$/);
  });
});

test('a role is passed on only if it is ours, or that of CloudBase', () => {
  const passing = policyOf('sub-account', places).statement.filter(({ action }) =>
    action.some((each) => /^(?:\*|cam:\*|cam:Pass.*)$/.test(each)),
  );

  expect(passing.map(({ resource }) => resource)).toEqual([
    [
      'qcs::cam::uin/100000000001:roleName/fuwuhao-*',
      'qcs::cam::uin/100000000001:roleName/TCB_QcsRole',
    ],
  ]);
});

test('without a topic nobody may read logs, instead of everybody all', () => {
  const { topicId: _, ...rest } = places;
  const { statement } = policyOf('sub-account', rest);

  expect(statement.flatMap(({ action }) => action)).not.toContain('cls:SearchLog');
  expect(statement.flatMap(({ action }) => action)).toContain('scf:InvokeFunction');
});
