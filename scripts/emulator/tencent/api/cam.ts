import * as v from 'valibot';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';
import { action } from './action.ts';
import { service } from './conformance.ts';

const text = v.exactOptional(v.string());
const ADDED = '2026-01-01 00:00:00';
const document = v.pipe(v.string(), v.check(isDocument, 'is no policy'));

/** Roles, policies and sub-accounts. https://cloud.tencent.com/document/api/598/33155 */
export const cam = service<'cam'>()('2019-01-16', {
  GetUserAppId: action({}, ({ account: { appid, uin } }, _, { principal }) => ({
    AppId: Number(appid),
    OwnerUin: uin,
    Uin: principal.uin,
  })),
  CreateRole: action(
    { RoleName: v.string(), PolicyDocument: document, Description: text },
    ({ access }, { RoleName, PolicyDocument, Description = '' }) => {
      if (access.roles.has(RoleName)) {
        throw new CloudError('InvalidParameter.RoleNameInUse', `${RoleName} exists.`);
      }
      const id = String(access.nextId());
      access.roles.set(RoleName, {
        id,
        name: RoleName,
        description: Description,
        document: PolicyDocument,
        policies: new Set(),
      });
      return { RoleId: id };
    },
  ),
  GetRole: action({ RoleName: v.string() }, (cloud, { RoleName }) => {
    const { id, name, description, document } = roleOf(cloud, RoleName);
    return {
      RoleInfo: {
        RoleId: id,
        RoleName: name,
        Description: description,
        PolicyDocument: document,
        AddTime: ADDED,
        UpdateTime: ADDED,
        ConsoleLogin: 0,
        RoleType: 'user',
      },
    };
  }),
  UpdateAssumeRolePolicy: action(
    { RoleName: v.string(), PolicyDocument: document },
    (cloud, { RoleName, PolicyDocument }) => {
      roleOf(cloud, RoleName).document = PolicyDocument;
      return {};
    },
  ),
  AttachRolePolicy: action(
    { PolicyId: v.number(), AttachRoleName: v.string() },
    (cloud, { PolicyId, AttachRoleName }) => {
      policyOf(cloud, PolicyId);
      roleOf(cloud, AttachRoleName).policies.add(PolicyId);
      return {};
    },
  ),
  ListAttachedRolePolicies: action(
    { RoleName: v.string(), Page: v.number(), Rp: v.number() },
    (cloud, { RoleName, Page, Rp }) => {
      const all = [...roleOf(cloud, RoleName).policies].map((id) => attached(cloud, id));
      return { List: all.slice((Page - 1) * Rp, Page * Rp), TotalNum: all.length };
    },
  ),
  CreatePolicy: action(
    { PolicyName: v.string(), PolicyDocument: document, Description: text },
    ({ access }, { PolicyName, PolicyDocument, Description = '' }) => {
      if ([...access.policies.values()].some(({ name }) => name === PolicyName)) {
        throw new CloudError('FailedOperation.PolicyNameInUse', `${PolicyName} exists.`);
      }
      const id = access.nextId();
      access.policies.set(id, {
        id,
        name: PolicyName,
        description: Description,
        document: PolicyDocument,
      });
      return { PolicyId: id };
    },
  ),
  UpdatePolicy: action(
    { PolicyId: v.number(), PolicyDocument: document },
    (cloud, { PolicyId, PolicyDocument }) => {
      policyOf(cloud, PolicyId).document = PolicyDocument;
      return { PolicyId };
    },
  ),
  GetPolicy: action({ PolicyId: v.number() }, (cloud, { PolicyId }) => {
    const { name, description, document } = policyOf(cloud, PolicyId);
    return {
      PolicyName: name,
      Description: description,
      PolicyDocument: document,
      Type: 1,
      AddTime: ADDED,
      UpdateTime: ADDED,
    };
  }),
  ListPolicies: action(
    {
      Rp: v.optional(v.number(), 20),
      Page: v.optional(v.number(), 1),
      Scope: v.exactOptional(v.picklist(['All', 'QCS', 'Local'])),
      Keyword: text,
    },
    ({ access }, { Rp, Page, Keyword = '' }) => {
      // As in the cloud a keyword finds every policy whose name holds it.
      const found = [...access.policies.values()].filter(({ name }) => name.includes(Keyword));
      return {
        TotalNum: found.length,
        List: found.slice((Page - 1) * Rp, Page * Rp).map(({ id, name, description }) => ({
          PolicyId: id,
          PolicyName: name,
          Description: description,
          AddTime: ADDED,
          Type: 1,
        })),
      };
    },
  ),
  AddUser: action(
    {
      Name: v.string(),
      Remark: text,
      ConsoleLogin: v.exactOptional(v.literal(0)),
      UseApi: v.exactOptional(v.literal(0)),
    },
    ({ access }, { Name }) => {
      if (access.users.has(Name)) {
        throw new CloudError('InvalidParameter.SubUserNameInUse', `${Name} exists.`);
      }
      const uin = access.nextId();
      access.users.set(Name, { uin, name: Name, policies: new Set(), keys: undefined });
      return { Uin: uin, Uid: uin, Name };
    },
  ),
  GetUser: action({ Name: v.string() }, (cloud, { Name }) => {
    const { uin, name } = userOf(cloud, Name);
    return { Uin: uin, Uid: uin, Name: name, ConsoleLogin: 0, Remark: '' };
  }),
  AttachUserPolicy: action(
    { PolicyId: v.number(), AttachUin: v.number() },
    (cloud, { PolicyId, AttachUin }) => {
      policyOf(cloud, PolicyId);
      userOf(cloud, AttachUin).policies.add(PolicyId);
      return {};
    },
  ),
  ListAttachedUserPolicies: action(
    {
      TargetUin: v.number(),
      Page: v.optional(v.number(), 1),
      Rp: v.optional(v.number(), 20),
    },
    (cloud, { TargetUin, Page, Rp }) => {
      const all = [...userOf(cloud, TargetUin).policies].map((id) => {
        // The same by another name.
        const { Description: Remark, ...rest } = attached(cloud, id);
        return { ...rest, Remark };
      });
      return { List: all.slice((Page - 1) * Rp, Page * Rp), TotalNum: all.length };
    },
  ),
});

function roleOf({ access }: Cloud, name: string) {
  const found = access.roles.get(name);
  if (!found) throw new CloudError('InvalidParameter.RoleNotExist', `There is no role ${name}.`);
  return found;
}

function policyOf({ access }: Cloud, id: number) {
  const found = access.policies.get(id);
  if (!found) throw new CloudError('ResourceNotFound.PolicyIdNotFound', 'There is no such policy.');
  return found;
}

function userOf({ access }: Cloud, who: string | number) {
  const found = [...access.users.values()].find(({ name, uin }) => name === who || uin === who);
  if (!found) throw new CloudError('ResourceNotFound.UserNotExist', `There is no ${who}.`);
  return found;
}

function attached(cloud: Cloud, id: number) {
  const { name, description } = policyOf(cloud, id);
  return {
    PolicyId: id,
    PolicyName: name,
    Description: description,
    AddTime: ADDED,
    CreateMode: 2,
  };
}

function isDocument(given: string): boolean {
  try {
    const { version, statement } = JSON.parse(given) as { version?: unknown; statement?: unknown };
    return version === '2.0' && Array.isArray(statement) && statement.length > 0;
  } catch {
    return false;
  }
}
