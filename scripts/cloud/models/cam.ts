// Made by `npm run models` from tencentcloud-sdk-nodejs 4.1.313 (Apache-2.0, Copyright Tencent):
// names and types of what the actions in actions.ts take and give. Do not edit.

interface AddUserRequest {
  readonly Name: string;
  readonly Remark?: string;
  readonly ConsoleLogin?: number;
  readonly UseApi?: number;
  readonly Password?: string;
  readonly NeedResetPassword?: number;
  readonly PhoneNum?: string;
  readonly CountryCode?: string;
  readonly Email?: string;
}

interface AddUserResponse {
  readonly Uin?: number;
  readonly Name?: string;
  readonly Password?: string;
  readonly SecretId?: string;
  readonly SecretKey?: string;
  readonly Uid?: number;
  readonly RequestId?: string;
}

interface AttachPolicyInfo {
  readonly PolicyId?: number;
  readonly PolicyName?: string;
  readonly AddTime?: string;
  readonly CreateMode?: number;
  readonly PolicyType?: string;
  readonly Remark?: string;
  readonly OperateOwnerUin?: string | null;
  readonly OperateUin?: string | null;
  readonly OperateUinType?: number | null;
  readonly Deactived?: number;
  readonly DeactivedDetail?: readonly string[];
}

interface AttachRolePolicyRequest {
  readonly PolicyId?: number;
  readonly AttachRoleId?: string;
  readonly AttachRoleName?: string;
  readonly PolicyName?: string;
}

interface AttachRolePolicyResponse {
  readonly RequestId?: string;
}

interface AttachUserPolicyRequest {
  readonly PolicyId: number;
  readonly AttachUin: number;
}

interface AttachUserPolicyResponse {
  readonly RequestId?: string;
}

interface AttachedPolicyOfRole {
  readonly PolicyId?: number;
  readonly PolicyName?: string;
  readonly AddTime?: string;
  readonly PolicyType?: string;
  readonly CreateMode?: number;
  readonly Deactived?: number;
  readonly DeactivedDetail?: readonly string[];
  readonly Description?: string;
}

interface CreatePolicyRequest {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
  readonly Description?: string;
  readonly Tags?: readonly Tag[];
}

interface CreatePolicyResponse {
  readonly PolicyId?: number;
  readonly RequestId?: string;
}

interface CreateRoleRequest {
  readonly RoleName: string;
  readonly PolicyDocument: string;
  readonly Description?: string;
  readonly ConsoleLogin?: number;
  readonly SessionDuration?: number;
  readonly Tags?: readonly RoleTags[];
}

interface CreateRoleResponse {
  readonly RoleId?: string;
  readonly RequestId?: string;
}

interface DescribeRoleListRequest {
  readonly Page: number;
  readonly Rp: number;
  readonly Tags?: readonly RoleTags[];
}

interface DescribeRoleListResponse {
  readonly List?: readonly RoleInfo[];
  readonly TotalNum?: number;
  readonly RequestId?: string;
}

interface DetachRolePolicyRequest {
  readonly PolicyId?: number;
  readonly DetachRoleId?: string;
  readonly DetachRoleName?: string;
  readonly PolicyName?: string;
}

interface DetachRolePolicyResponse {
  readonly RequestId?: string;
}

interface DetachUserPolicyRequest {
  readonly PolicyId: number;
  readonly DetachUin: number;
}

interface DetachUserPolicyResponse {
  readonly RequestId?: string;
}

interface GetPolicyRequest {
  readonly PolicyId: number;
}

interface GetPolicyResponse {
  readonly PolicyName?: string;
  readonly Description?: string;
  readonly Type?: number;
  readonly AddTime?: string;
  readonly UpdateTime?: string;
  readonly PolicyDocument?: string;
  readonly PresetAlias?: string | null;
  readonly IsServiceLinkedRolePolicy?: number;
  readonly Tags?: readonly Tag[];
  readonly RequestId?: string;
}

interface GetRoleRequest {
  readonly RoleId?: string;
  readonly RoleName?: string;
}

interface GetRoleResponse {
  readonly RoleInfo?: RoleInfo;
  readonly RequestId?: string;
}

type GetUserAppIdRequest = Readonly<Record<string, never>>;

interface GetUserAppIdResponse {
  readonly Uin?: string;
  readonly OwnerUin?: string;
  readonly AppId?: number;
  readonly RequestId?: string;
}

interface GetUserRequest {
  readonly Name: string;
}

interface GetUserResponse {
  readonly Uin?: number;
  readonly Name?: string;
  readonly Uid?: number;
  readonly Remark?: string | null;
  readonly ConsoleLogin?: number;
  readonly PhoneNum?: string;
  readonly CountryCode?: string;
  readonly Email?: string;
  readonly RecentlyLoginIP?: string;
  readonly RecentlyLoginTime?: string;
  readonly RequestId?: string;
}

interface ListAttachedRolePoliciesRequest {
  readonly Page: number;
  readonly Rp: number;
  readonly RoleId?: string;
  readonly RoleName?: string;
  readonly PolicyType?: string;
  readonly Keyword?: string;
}

interface ListAttachedRolePoliciesResponse {
  readonly List?: readonly AttachedPolicyOfRole[];
  readonly TotalNum?: number;
  readonly RequestId?: string;
}

interface ListAttachedUserPoliciesRequest {
  readonly TargetUin: number;
  readonly Page?: number;
  readonly Rp?: number;
}

interface ListAttachedUserPoliciesResponse {
  readonly TotalNum?: number;
  readonly List?: readonly AttachPolicyInfo[];
  readonly RequestId?: string;
}

interface ListPoliciesRequest {
  readonly Rp?: number;
  readonly Page?: number;
  readonly Scope?: string;
  readonly Keyword?: string;
}

interface ListPoliciesResponse {
  readonly TotalNum?: number;
  readonly List?: readonly StrategyInfo[];
  readonly ServiceTypeList?: readonly string[];
  readonly RequestId?: string;
}

type ListUsersRequest = Readonly<Record<string, never>>;

interface ListUsersResponse {
  readonly Data?: readonly SubAccountInfo[];
  readonly RequestId?: string;
}

interface RoleInfo {
  readonly RoleId?: string;
  readonly RoleName?: string;
  readonly PolicyDocument?: string;
  readonly Description?: string;
  readonly AddTime?: string;
  readonly UpdateTime?: string;
  readonly ConsoleLogin?: number;
  readonly RoleType?: string | null;
  readonly SessionDuration?: number | null;
  readonly DeletionTaskId?: string | null;
  readonly Tags?: readonly RoleTags[] | null;
  readonly RoleArn?: string | null;
}

interface RoleTags {
  readonly Key: string;
  readonly Value: string;
}

interface StrategyInfo {
  readonly PolicyId?: number;
  readonly PolicyName?: string;
  readonly AddTime?: string;
  readonly Type?: number;
  readonly Description?: string | null;
  readonly CreateMode?: number;
  readonly Attachments?: number;
  readonly ServiceType?: string | null;
  readonly IsAttached?: number | null;
  readonly Deactived?: number | null;
  readonly DeactivedDetail?: readonly string[] | null;
  readonly IsServiceLinkedPolicy?: number | null;
  readonly AttachEntityCount?: number | null;
  readonly AttachEntityBoundaryCount?: number | null;
  readonly UpdateTime?: string | null;
  readonly Tags?: readonly Tag[];
  readonly PermissionLevel?: string;
}

interface SubAccountInfo {
  readonly Uin?: number;
  readonly Name?: string;
  readonly Uid?: number;
  readonly Remark?: string;
  readonly ConsoleLogin?: number;
  readonly PhoneNum?: string;
  readonly CountryCode?: string;
  readonly Email?: string;
  readonly CreateTime?: string;
  readonly NickName?: string;
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface UpdateAssumeRolePolicyRequest {
  readonly PolicyDocument: string;
  readonly RoleId?: string;
  readonly RoleName?: string;
}

interface UpdateAssumeRolePolicyResponse {
  readonly RequestId?: string;
}

interface UpdatePolicyRequest {
  readonly PolicyId?: number;
  readonly PolicyName?: string;
  readonly Description?: string;
  readonly PolicyDocument?: string;
  readonly Alias?: string;
}

interface UpdatePolicyResponse {
  readonly PolicyId?: number;
  readonly RequestId?: string;
}

/** Each action of cam with its request and its response. */
export interface CamActions {
  readonly AddUser: {
    readonly request: AddUserRequest;
    readonly response: AddUserResponse;
  };
  readonly AttachRolePolicy: {
    readonly request: AttachRolePolicyRequest;
    readonly response: AttachRolePolicyResponse;
  };
  readonly AttachUserPolicy: {
    readonly request: AttachUserPolicyRequest;
    readonly response: AttachUserPolicyResponse;
  };
  readonly CreatePolicy: {
    readonly request: CreatePolicyRequest;
    readonly response: CreatePolicyResponse;
  };
  readonly CreateRole: {
    readonly request: CreateRoleRequest;
    readonly response: CreateRoleResponse;
  };
  readonly DescribeRoleList: {
    readonly request: DescribeRoleListRequest;
    readonly response: DescribeRoleListResponse;
  };
  readonly DetachRolePolicy: {
    readonly request: DetachRolePolicyRequest;
    readonly response: DetachRolePolicyResponse;
  };
  readonly DetachUserPolicy: {
    readonly request: DetachUserPolicyRequest;
    readonly response: DetachUserPolicyResponse;
  };
  readonly GetPolicy: {
    readonly request: GetPolicyRequest;
    readonly response: GetPolicyResponse;
  };
  readonly GetRole: {
    readonly request: GetRoleRequest;
    readonly response: GetRoleResponse;
  };
  readonly GetUser: {
    readonly request: GetUserRequest;
    readonly response: GetUserResponse;
  };
  readonly GetUserAppId: {
    readonly request: GetUserAppIdRequest;
    readonly response: GetUserAppIdResponse;
  };
  readonly ListAttachedRolePolicies: {
    readonly request: ListAttachedRolePoliciesRequest;
    readonly response: ListAttachedRolePoliciesResponse;
  };
  readonly ListAttachedUserPolicies: {
    readonly request: ListAttachedUserPoliciesRequest;
    readonly response: ListAttachedUserPoliciesResponse;
  };
  readonly ListPolicies: {
    readonly request: ListPoliciesRequest;
    readonly response: ListPoliciesResponse;
  };
  readonly ListUsers: {
    readonly request: ListUsersRequest;
    readonly response: ListUsersResponse;
  };
  readonly UpdateAssumeRolePolicy: {
    readonly request: UpdateAssumeRolePolicyRequest;
    readonly response: UpdateAssumeRolePolicyResponse;
  };
  readonly UpdatePolicy: {
    readonly request: UpdatePolicyRequest;
    readonly response: UpdatePolicyResponse;
  };
}

/** The types behind them, by their names in the SDK. */
export interface CamTypes {
  readonly AddUserRequest: AddUserRequest;
  readonly AddUserResponse: AddUserResponse;
  readonly AttachPolicyInfo: AttachPolicyInfo;
  readonly AttachRolePolicyRequest: AttachRolePolicyRequest;
  readonly AttachRolePolicyResponse: AttachRolePolicyResponse;
  readonly AttachUserPolicyRequest: AttachUserPolicyRequest;
  readonly AttachUserPolicyResponse: AttachUserPolicyResponse;
  readonly AttachedPolicyOfRole: AttachedPolicyOfRole;
  readonly CreatePolicyRequest: CreatePolicyRequest;
  readonly CreatePolicyResponse: CreatePolicyResponse;
  readonly CreateRoleRequest: CreateRoleRequest;
  readonly CreateRoleResponse: CreateRoleResponse;
  readonly DescribeRoleListRequest: DescribeRoleListRequest;
  readonly DescribeRoleListResponse: DescribeRoleListResponse;
  readonly DetachRolePolicyRequest: DetachRolePolicyRequest;
  readonly DetachRolePolicyResponse: DetachRolePolicyResponse;
  readonly DetachUserPolicyRequest: DetachUserPolicyRequest;
  readonly DetachUserPolicyResponse: DetachUserPolicyResponse;
  readonly GetPolicyRequest: GetPolicyRequest;
  readonly GetPolicyResponse: GetPolicyResponse;
  readonly GetRoleRequest: GetRoleRequest;
  readonly GetRoleResponse: GetRoleResponse;
  readonly GetUserAppIdRequest: GetUserAppIdRequest;
  readonly GetUserAppIdResponse: GetUserAppIdResponse;
  readonly GetUserRequest: GetUserRequest;
  readonly GetUserResponse: GetUserResponse;
  readonly ListAttachedRolePoliciesRequest: ListAttachedRolePoliciesRequest;
  readonly ListAttachedRolePoliciesResponse: ListAttachedRolePoliciesResponse;
  readonly ListAttachedUserPoliciesRequest: ListAttachedUserPoliciesRequest;
  readonly ListAttachedUserPoliciesResponse: ListAttachedUserPoliciesResponse;
  readonly ListPoliciesRequest: ListPoliciesRequest;
  readonly ListPoliciesResponse: ListPoliciesResponse;
  readonly ListUsersRequest: ListUsersRequest;
  readonly ListUsersResponse: ListUsersResponse;
  readonly RoleInfo: RoleInfo;
  readonly RoleTags: RoleTags;
  readonly StrategyInfo: StrategyInfo;
  readonly SubAccountInfo: SubAccountInfo;
  readonly Tag: Tag;
  readonly UpdateAssumeRolePolicyRequest: UpdateAssumeRolePolicyRequest;
  readonly UpdateAssumeRolePolicyResponse: UpdateAssumeRolePolicyResponse;
  readonly UpdatePolicyRequest: UpdatePolicyRequest;
  readonly UpdatePolicyResponse: UpdatePolicyResponse;
}
