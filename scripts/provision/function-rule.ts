import type { CloudApi } from '../cloud/api.ts';
import { isNotOffered } from './refusal.ts';

/** Which clients may call which functions: the rule of an environment, and how it is set there. */
export interface FunctionRules {
  /** An empty text if nobody has written one. */
  read(): Promise<string>;
  write(rule: string): Promise<void>;
  /** What is to be written here. */
  readonly wanted: string;
  /** Whether the rule lets no client call any of these functions. */
  isClosed(rule: string, functions: readonly string[]): boolean;
  /** Whether a rule is as an environment comes, so that nobody has written it. */
  isInitial(rule: string): boolean;
}

/**
 * No client may call a function by name; a server with keys always may.
 * https://docs.cloudbase.net/cloud-function/security-rules
 */
const CLOSED = JSON.stringify({ '*': { invoke: false } });
/** The rule of older environments as they came. */
const INITIAL = JSON.stringify({ '*': { invoke: 'auth != null' } });

/** No client may do anything: where this policy is written, it ends all other rules. */
const CLOSED_POLICY = 'package authz.user\n\ndefault allow := false\n';
const POLICY_KEY = 'authz.user.rego';

/**
 * Finds the way that this environment takes, and its rule: by permissions, else by security rules, else
 * by its policy.
 */
export async function findFunctionRule(
  api: CloudApi,
  envId: string,
): Promise<{ readonly rules: FunctionRules; readonly found: string }> {
  for (const open of [permissions, securityRules, environmentPolicy]) {
    const rules = open(api, envId);
    try {
      return { rules, found: await rules.read() };
    } catch (error) {
      if (!isNotOffered(error)) throw error;
    }
  }
  throw new Error('This environment takes no rule for its functions in any known way.');
}

const jsonRules = {
  wanted: CLOSED,
  isInitial: (rule: string) => rule === '' || canonical(rule) === INITIAL,
  isClosed(text: string, functions: readonly string[]) {
    const rule = parse(text);
    if (rule === undefined || invokeOf(rule['*']) !== false) return false;
    // Others may have opened functions of their own.
    return functions.every((name) => !Object.hasOwn(rule, name) || invokeOf(rule[name]) === false);
  },
};

const permissions = (api: CloudApi, EnvId: string): FunctionRules => ({
  ...jsonRules,
  async read() {
    const { Data } = await api('tcb', 'DescribeResourcePermission', {
      EnvId,
      ResourceType: 'function',
    });
    return Data?.PermissionList?.[0]?.SecurityRule ?? '';
  },
  async write(rule) {
    await api('tcb', 'ModifyResourcePermission', {
      EnvId,
      ResourceType: 'function',
      Permission: 'CUSTOM',
      SecurityRule: rule,
    });
  },
});

const securityRules = (api: CloudApi, EnvId: string): FunctionRules => ({
  ...jsonRules,
  async read() {
    const { Rule } = await api('tcb', 'DescribeSecurityRule', { EnvId, ResourceType: 'FUNCTION' });
    return Rule ?? '';
  },
  async write(rule) {
    await api('tcb', 'ModifySecurityRule', {
      EnvId,
      ResourceType: 'FUNCTION',
      AclTag: 'CUSTOM',
      Rule: rule,
    });
  },
});

const environmentPolicy = (api: CloudApi, EnvId: string): FunctionRules => ({
  wanted: CLOSED_POLICY,
  // Even where there is none: rules of an older kind, which cannot be read here, would end with it.
  isInitial: () => false,
  isClosed: (policy) => policy.trim() === CLOSED_POLICY.trim(),
  async read() {
    const { Item } = await api('tcb', 'DescribeEnvConfig', { EnvId, Key: POLICY_KEY });
    return Item?.Value ?? '';
  },
  async write(policy) {
    await api('tcb', 'ModifyEnvConfig', { EnvId, Key: POLICY_KEY, Value: policy });
  },
});

function invokeOf(rule: unknown): unknown {
  return typeof rule === 'object' && rule !== null ? (rule as { invoke?: unknown }).invoke : rule;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function canonical(text: string): string {
  return JSON.stringify(parse(text));
}
