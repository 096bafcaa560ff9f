import type { CloudApi } from '../cloud/api.ts';
import { isNotOffered } from './refusal.ts';

/** Which clients may call which functions: the rule of an environment, and how it is set there. */
export interface FunctionRules {
  /** An empty text if nobody has written one. */
  read(): Promise<string>;
  write(rule: string): Promise<void>;
  /** What is to be written here, in place of what was found. */
  wanted(found: string): string;
  /** Whether the rule lets no client call any of our functions. */
  isClosed(rule: string): boolean;
  /** Whether what is to be written takes nothing from anybody: the rule is as an environment comes, or kept. */
  isHarmless(rule: string): boolean;
}

/** Whom a rule is about. */
export interface RuleScope {
  /** The names of our functions in the environment. */
  readonly functions: readonly string[];
  /**
   * Whether the environment is that of a mini-program, whose own functions its clients must be able to
   * call: then ours alone are closed.
   */
  readonly isOfMiniProgram: boolean;
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
  scope: RuleScope,
): Promise<{ readonly rules: FunctionRules; readonly found: string }> {
  for (const open of [permissions, securityRules, environmentPolicy]) {
    const rules = open(api, envId, scope);
    try {
      return { rules, found: await rules.read() };
    } catch (error) {
      if (!isNotOffered(error)) throw error;
    }
  }
  throw new Error('This environment takes no rule for its functions in any known way.');
}

function jsonRules(scope: RuleScope): Omit<FunctionRules, 'read' | 'write'> {
  return scope.isOfMiniProgram ? closingOurs(scope) : closingAll(scope);
}

function closingAll({ functions }: RuleScope): Omit<FunctionRules, 'read' | 'write'> {
  return {
    wanted: () => CLOSED,
    isHarmless: (rule) => rule === '' || canonical(rule) === INITIAL,
    isClosed(text) {
      const rule = parse(text);
      if (rule === undefined || invokeOf(rule['*']) !== false) return false;
      // Others may have opened functions of their own.
      return functions.every(
        (name) => !Object.hasOwn(rule, name) || invokeOf(rule[name]) === false,
      );
    },
  };
}

function closingOurs({ functions }: RuleScope): Omit<FunctionRules, 'read' | 'write'> {
  const named = (rule: Readonly<Record<string, unknown>>) =>
    functions.filter((name) => Object.hasOwn(rule, name));
  return {
    // A rule that was written must say what holds for all others; without one they are open to users.
    wanted: (found) =>
      JSON.stringify({
        ...(parse(found === '' ? INITIAL : found) ?? {}),
        ...Object.fromEntries(functions.map((name) => [name, { invoke: false }])),
      }),
    isHarmless(text) {
      const rule = text === '' ? {} : parse(text);
      return rule !== undefined && named(rule).every((name) => invokeOf(rule[name]) === false);
    },
    isClosed(text) {
      const rule = parse(text) ?? {};
      return functions.every(
        (name) => invokeOf(Object.hasOwn(rule, name) ? rule[name] : rule['*']) === false,
      );
    },
  };
}

const permissions = (api: CloudApi, EnvId: string, scope: RuleScope): FunctionRules => ({
  ...jsonRules(scope),
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

const securityRules = (api: CloudApi, EnvId: string, scope: RuleScope): FunctionRules => ({
  ...jsonRules(scope),
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
  wanted: () => CLOSED_POLICY,
  // Even where there is none: rules of an older kind, which cannot be read here, would end with it.
  isHarmless: () => false,
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
