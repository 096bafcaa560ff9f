import * as v from 'valibot';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';
import { action } from './action.ts';

const functionRule = v.pipe(v.string(), v.check(isRule, 'needs a rule for "*"'));
const POLICY = 'authz.user.rego';

/** Which clients may call which functions. There are three ways, and no environment takes all of them. */
export const ruleActions = {
  DescribeResourcePermission: action(
    { EnvId: v.string(), ResourceType: v.literal('function') },
    (cloud, { EnvId }) => {
      const { functionRule } = documentsOnly(cloud, EnvId);
      const PermissionList = functionRule
        ? [{ ResourceType: 'function', Permission: 'CUSTOM', SecurityRule: functionRule }]
        : [];
      return { Data: { TotalCount: PermissionList.length, PermissionList } };
    },
  ),
  ModifyResourcePermission: action(
    {
      EnvId: v.string(),
      ResourceType: v.literal('function'),
      Permission: v.literal('CUSTOM'),
      SecurityRule: functionRule,
    },
    (cloud, { EnvId, SecurityRule }) => {
      documentsOnly(cloud, EnvId).functionRule = SecurityRule;
      return { Data: { Success: true } };
    },
  ),
  DescribeSecurityRule: action(
    { EnvId: v.string(), ResourceType: v.literal('FUNCTION') },
    (cloud, { EnvId }) => {
      const { functionRule } = withSecurityRules(cloud, EnvId);
      return functionRule ? { AclTag: 'CUSTOM', Rule: functionRule } : { AclTag: '', Rule: null };
    },
  ),
  ModifySecurityRule: action(
    {
      EnvId: v.string(),
      ResourceType: v.literal('FUNCTION'),
      AclTag: v.literal('CUSTOM'),
      Rule: functionRule,
    },
    (cloud, { EnvId, Rule }) => {
      withSecurityRules(cloud, EnvId).functionRule = Rule;
      return {};
    },
  ),
  /** `authz.user.rego`: the policy of the environment, which ends all other rules for its clients. */
  DescribeEnvConfig: action(
    { EnvId: v.string(), Key: v.literal(POLICY) },
    (cloud, { EnvId, Key }) => ({
      Item: { Key, Value: cloud.environments.get(EnvId).userPolicy },
    }),
  ),
  ModifyEnvConfig: action(
    {
      EnvId: v.string(),
      Key: v.literal(POLICY),
      Value: v.pipe(v.string(), v.regex(/^\s*package authz\.user\b/)),
    },
    (cloud, { EnvId, Value }) => {
      cloud.environments.get(EnvId).userPolicy = Value;
      return { AffectedRows: 1 };
    },
  ),
};

function documentsOnly(cloud: Cloud, envId: string) {
  const environment = cloud.environments.get(envId);
  if (environment.kind === 'documents') return environment;
  throw new CloudError(
    'FailedOperation',
    'This API does not support PostgreSQL type environments.',
  );
}

function withSecurityRules(cloud: Cloud, envId: string) {
  const environment = cloud.environments.get(envId);
  if (environment.hasSecurityRules) return environment;
  throw new CloudError('UnsupportedOperation', 'Security rules are not available here.');
}

function isRule(text: string): boolean {
  try {
    return Object.hasOwn(JSON.parse(text) as object, '*');
  } catch {
    return false;
  }
}
