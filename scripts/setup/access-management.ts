import { type CloudApi, CloudApiError } from '../cloud/api.ts';
import type { PolicyDocument } from './policies.ts';

const PAGE = 200;

export interface FoundPolicy {
  readonly id: number;
  readonly document: string;
}

/** Roles, policies and sub-accounts, as far as setting up a stage needs them. */
export function accessManagement(api: CloudApi) {
  return {
    async policy(name: string): Promise<FoundPolicy | undefined> {
      const { List } = await api('cam', 'ListPolicies', {
        Keyword: name,
        Scope: 'Local',
        Rp: PAGE,
        Page: 1,
      });
      const id = List?.find(({ PolicyName }) => PolicyName === name)?.PolicyId;
      if (id === undefined) return undefined;
      const { PolicyDocument } = await api('cam', 'GetPolicy', { PolicyId: id });
      return { id, document: PolicyDocument ?? '' };
    },
    async createPolicy(name: string, document: PolicyDocument): Promise<number> {
      const { PolicyId } = await api('cam', 'CreatePolicy', {
        PolicyName: name,
        PolicyDocument: JSON.stringify(document),
        Description: 'Made by npm run setup of fuwuhao',
      });
      if (PolicyId === undefined) throw new Error(`CreatePolicy gave no id for ${name}.`);
      return PolicyId;
    },
    async updatePolicy(id: number, document: PolicyDocument): Promise<void> {
      await api('cam', 'UpdatePolicy', { PolicyId: id, PolicyDocument: JSON.stringify(document) });
    },

    /** The document that says who may become the role. */
    async role(name: string): Promise<string | undefined> {
      const answer = await unlessMissing(() => api('cam', 'GetRole', { RoleName: name }));
      return answer && (answer.RoleInfo?.PolicyDocument ?? '');
    },
    async createRole(name: string, trust: PolicyDocument): Promise<void> {
      await api('cam', 'CreateRole', {
        RoleName: name,
        PolicyDocument: JSON.stringify(trust),
        Description: 'What the functions of fuwuhao run as; made by npm run setup',
      });
    },
    async updateRole(name: string, trust: PolicyDocument): Promise<void> {
      const PolicyDocument = JSON.stringify(trust);
      await api('cam', 'UpdateAssumeRolePolicy', { RoleName: name, PolicyDocument });
    },
    async hasRolePolicy(role: string, policy: number): Promise<boolean> {
      const { List } = await api('cam', 'ListAttachedRolePolicies', {
        RoleName: role,
        Page: 1,
        Rp: PAGE,
      });
      return List?.some(({ PolicyId }) => PolicyId === policy) ?? false;
    },
    async attachToRole(role: string, policy: number): Promise<void> {
      await api('cam', 'AttachRolePolicy', { AttachRoleName: role, PolicyId: policy });
    },

    /** The number of a sub-account. */
    async user(name: string): Promise<number | undefined> {
      const answer = await unlessMissing(() => api('cam', 'GetUser', { Name: name }));
      return answer?.Uin;
    },
    /** Without a password and without keys: those are made in the console, where only people see them. */
    async createUser(name: string): Promise<number> {
      const { Uin } = await api('cam', 'AddUser', {
        Name: name,
        Remark: 'Deploys fuwuhao; made by npm run setup',
        ConsoleLogin: 0,
        UseApi: 0,
      });
      if (Uin === undefined) throw new Error(`AddUser gave no number for ${name}.`);
      return Uin;
    },
    async hasUserPolicy(uin: number, policy: number): Promise<boolean> {
      const { List } = await api('cam', 'ListAttachedUserPolicies', {
        TargetUin: uin,
        Page: 1,
        Rp: PAGE,
      });
      return List?.some(({ PolicyId }) => PolicyId === policy) ?? false;
    },
    async attachToUser(uin: number, policy: number): Promise<void> {
      await api('cam', 'AttachUserPolicy', { AttachUin: uin, PolicyId: policy });
    },
  };
}
export type AccessManagement = ReturnType<typeof accessManagement>;

async function unlessMissing<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CloudApiError && /NotExist|NotFound/.test(error.code)) return undefined;
    throw error;
  }
}
