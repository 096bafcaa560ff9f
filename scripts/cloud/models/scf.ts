// Made by `npm run models` from tencentcloud-sdk-nodejs 4.1.313 (Apache-2.0, Copyright Tencent):
// names and types of what the actions in actions.ts take and give. Do not edit.

interface AccessInfo {
  readonly Host: string;
  readonly Vip: string;
}

interface AsyncTriggerConfig {
  readonly RetryConfig: readonly RetryConfig[];
  readonly MsgTTL: number;
}

interface CertConf {
  readonly CertificateId?: string;
}

interface CfsConfig {
  readonly CfsInsList: readonly CfsInsInfo[];
}

interface CfsInsInfo {
  readonly UserId: string;
  readonly UserGroupId: string;
  readonly CfsId: string;
  readonly MountInsId: string;
  readonly LocalMountDir: string;
  readonly RemoteMountDir: string;
  readonly IpAddress?: string | null;
  readonly MountVpcId?: string | null;
  readonly MountSubnetId?: string | null;
}

interface Code {
  readonly CosBucketName?: string;
  readonly CosObjectName?: string;
  readonly ZipFile?: string;
  readonly CosBucketRegion?: string;
  readonly DemoId?: string;
  readonly TempCosObjectName?: string;
  readonly GitUrl?: string;
  readonly GitUserName?: string;
  readonly GitPassword?: string;
  readonly GitPasswordSecret?: string;
  readonly GitBranch?: string;
  readonly GitDirectory?: string;
  readonly GitCommitId?: string;
  readonly GitUserNameSecret?: string;
  readonly ImageConfig?: ImageConfig;
}

interface CreateCustomDomainRequest {
  readonly Domain: string;
  readonly Protocol: string;
  readonly EndpointsConfig: readonly EndpointsConf[];
  readonly CertConfig?: CertConf;
  readonly WafConfig?: WafConf;
  readonly Tags?: readonly Tag[];
}

interface CreateCustomDomainResponse {
  readonly RequestId?: string;
}

interface CreateFunctionRequest {
  readonly FunctionName: string;
  readonly Code: Code;
  readonly Handler?: string;
  readonly Description?: string;
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly Environment?: Environment;
  readonly Runtime?: string;
  readonly VpcConfig?: VpcConfig;
  readonly Namespace?: string;
  readonly Role?: string;
  readonly InstallDependency?: string;
  readonly ClsLogsetId?: string;
  readonly ClsTopicId?: string;
  readonly Type?: string;
  readonly CodeSource?: string;
  readonly Layers?: readonly LayerVersionSimple[];
  readonly DeadLetterConfig?: DeadLetterConfig;
  readonly PublicNetConfig?: PublicNetConfigIn;
  readonly CfsConfig?: CfsConfig;
  readonly InitTimeout?: number;
  readonly Tags?: readonly Tag[];
  readonly AsyncRunEnable?: string;
  readonly TraceEnable?: string;
  readonly AutoDeployClsTopicIndex?: string;
  readonly AutoCreateClsTopic?: string;
  readonly ProtocolType?: string;
  readonly ProtocolParams?: ProtocolParams;
  readonly InstanceConcurrencyConfig?: InstanceConcurrencyConfig;
  readonly DnsCache?: string;
  readonly IntranetConfig?: IntranetConfigIn;
}

interface CreateFunctionResponse {
  readonly RequestId?: string;
}

interface CreateTriggerRequest {
  readonly FunctionName: string;
  readonly TriggerName: string;
  readonly Type: string;
  readonly TriggerDesc?: string;
  readonly Namespace?: string;
  readonly Qualifier?: string;
  readonly Enable?: string;
  readonly CustomArgument?: string;
  readonly Description?: string;
}

interface CreateTriggerResponse {
  readonly TriggerInfo?: Trigger;
  readonly RequestId?: string;
}

interface DeadLetterConfig {
  readonly Type: string;
  readonly Name: string;
  readonly FilterType?: string;
}

interface DeleteCustomDomainRequest {
  readonly Domain?: string;
}

interface DeleteCustomDomainResponse {
  readonly RequestId?: string;
}

interface DeleteFunctionRequest {
  readonly FunctionName: string;
  readonly Namespace?: string;
  readonly Qualifier?: string;
}

interface DeleteFunctionResponse {
  readonly RequestId?: string;
}

interface DeleteReservedConcurrencyConfigRequest {
  readonly FunctionName: string;
  readonly Namespace?: string;
}

interface DeleteReservedConcurrencyConfigResponse {
  readonly RequestId?: string;
}

interface DeleteTriggerRequest {
  readonly FunctionName: string;
  readonly TriggerName: string;
  readonly Type: string;
  readonly Namespace?: string;
  readonly TriggerDesc?: string;
  readonly Qualifier?: string;
}

interface DeleteTriggerResponse {
  readonly RequestId?: string;
}

interface DomainInfo {
  readonly Domain: string;
  readonly Protocol?: string;
  readonly EndpointsConfig?: readonly EndpointsConf[];
  readonly CertConfig?: CertConf;
  readonly WafConfig?: WafConf;
  readonly Tags?: readonly Tag[];
}

interface EipConfigIn {
  readonly EipStatus: string;
}

interface EipConfigOut {
  readonly EipStatus?: string;
  readonly EipAddress?: readonly string[];
}

interface EipOutConfig {
  readonly EipFixed?: string;
  readonly Eips?: readonly string[];
}

interface EndpointsConf {
  readonly Namespace: string;
  readonly FunctionName: string;
  readonly Qualifier: string;
  readonly PathMatch: string;
  readonly PathRewrite?: readonly PathRewriteRule[] | null;
}

interface Environment {
  readonly Variables?: readonly Variable[];
}

interface Filter {
  readonly Name: string;
  readonly Values: readonly string[];
}

interface Function {
  readonly ModTime?: string;
  readonly AddTime?: string;
  readonly Runtime?: string | null;
  readonly FunctionName?: string;
  readonly FunctionId?: string;
  readonly Namespace?: string;
  readonly Status?: string;
  readonly StatusDesc?: string;
  readonly Description?: string;
  readonly Tags?: readonly Tag[];
  readonly Type?: string;
  readonly StatusReasons?: readonly StatusReason[];
  readonly TotalProvisionedConcurrencyMem?: number | null;
  readonly ReservedConcurrencyMem?: number | null;
  readonly AsyncRunEnable?: string;
  readonly TraceEnable?: string;
}

interface FunctionLog {
  readonly FunctionName?: string;
  readonly RetMsg?: string;
  readonly RequestId?: string;
  readonly StartTime?: string;
  readonly RetCode?: number;
  readonly InvokeFinished?: number;
  readonly Duration?: number;
  readonly BillDuration?: number;
  readonly MemUsage?: number;
  readonly Log?: string;
  readonly Level?: string;
  readonly Source?: string;
  readonly RetryNum?: number;
}

type GetAccountRequest = Readonly<Record<string, never>>;

interface GetAccountResponse {
  readonly AccountUsage?: UsageInfo;
  readonly AccountLimit?: LimitsInfo;
  readonly RequestId?: string;
}

interface GetCustomDomainRequest {
  readonly Domain?: string;
}

interface GetCustomDomainResponse {
  readonly Domain?: string;
  readonly Protocol?: string;
  readonly EndpointsConfig?: readonly EndpointsConf[];
  readonly CertConfig?: CertConf;
  readonly WafConfig?: WafConf;
  readonly Tags?: readonly Tag[];
  readonly RequestId?: string;
}

interface GetFunctionEventInvokeConfigRequest {
  readonly FunctionName: string;
  readonly Namespace?: string;
  readonly Qualifier?: string;
}

interface GetFunctionEventInvokeConfigResponse {
  readonly AsyncTriggerConfig: AsyncTriggerConfig;
  readonly RequestId?: string;
}

interface GetFunctionLogsRequest {
  readonly FunctionName?: string;
  readonly Offset?: number;
  readonly Limit?: number;
  readonly Order?: string;
  readonly OrderBy?: string;
  readonly Filter?: LogFilter;
  readonly Namespace?: string;
  readonly Qualifier?: string;
  readonly FunctionRequestId?: string;
  readonly StartTime?: string;
  readonly EndTime?: string;
  readonly SearchContext?: LogSearchContext;
}

interface GetFunctionLogsResponse {
  readonly TotalCount?: number;
  readonly Data?: readonly FunctionLog[];
  readonly SearchContext?: LogSearchContext;
  readonly RequestId?: string;
}

interface GetFunctionRequest {
  readonly FunctionName?: string;
  readonly Qualifier?: string;
  readonly Namespace?: string;
  readonly ShowCode?: string;
}

interface GetFunctionResponse {
  readonly ModTime?: string;
  readonly CodeInfo?: string;
  readonly Description?: string;
  readonly Triggers?: readonly Trigger[];
  readonly Handler?: string;
  readonly CodeSize?: number;
  readonly Timeout?: number;
  readonly FunctionVersion?: string;
  readonly MemorySize?: number;
  readonly Runtime?: string | null;
  readonly FunctionName?: string;
  readonly VpcConfig?: VpcConfig;
  readonly UseGpu?: string;
  readonly Environment?: Environment;
  readonly CodeResult?: string;
  readonly CodeError?: string;
  readonly ErrNo?: number;
  readonly Namespace?: string;
  readonly Role?: string;
  readonly InstallDependency?: string;
  readonly Status?: string;
  readonly StatusDesc?: string;
  readonly ClsLogsetId?: string;
  readonly ClsTopicId?: string;
  readonly FunctionId?: string;
  readonly Tags?: readonly Tag[];
  readonly EipConfig?: EipOutConfig;
  readonly AccessInfo?: AccessInfo;
  readonly Type?: string;
  readonly L5Enable?: string;
  readonly Layers?: readonly LayerVersionInfo[];
  readonly DeadLetterConfig?: DeadLetterConfig;
  readonly AddTime?: string;
  readonly PublicNetConfig?: PublicNetConfigOut | null;
  readonly OnsEnable?: string | null;
  readonly CfsConfig?: CfsConfig;
  readonly AvailableStatus?: string;
  readonly Qualifier?: string;
  readonly InitTimeout?: number;
  readonly StatusReasons?: readonly StatusReason[];
  readonly AsyncRunEnable?: string;
  readonly TraceEnable?: string;
  readonly ImageConfig?: ImageConfig | null;
  readonly ProtocolType?: string | null;
  readonly ProtocolParams?: ProtocolParams | null;
  readonly InstanceConcurrencyConfig?: InstanceConcurrencyConfig | null;
  readonly DnsCache?: string;
  readonly IntranetConfig?: IntranetConfigOut | null;
  readonly RequestId?: string;
}

interface GetRequestStatusRequest {
  readonly FunctionName: string;
  readonly FunctionRequestId: string;
  readonly Namespace?: string;
  readonly StartTime?: string;
  readonly EndTime?: string;
}

interface GetRequestStatusResponse {
  readonly TotalCount?: number | null;
  readonly Data?: readonly RequestStatus[] | null;
  readonly RequestId?: string;
}

interface GetReservedConcurrencyConfigRequest {
  readonly FunctionName: string;
  readonly Namespace?: string;
}

interface GetReservedConcurrencyConfigResponse {
  readonly ReservedMem?: number | null;
  readonly RequestId?: string;
}

interface ImageConfig {
  readonly ImageType: string;
  readonly ImageUri: string;
  readonly RegistryId?: string | null;
  readonly EntryPoint?: string | null;
  readonly Command?: string | null;
  readonly Args?: string | null;
  readonly ContainerImageAccelerate?: boolean | null;
  readonly ImagePort?: number | null;
}

interface InstanceConcurrencyConfig {
  readonly DynamicEnabled?: string | null;
  readonly MaxConcurrency?: number | null;
  readonly InstanceIsolationEnabled?: string;
  readonly Type?: string;
  readonly MixNodeConfig?: readonly MixNodeConfig[];
  readonly SessionConfig?: SessionConfig;
}

interface IntranetConfigIn {
  readonly IpFixed: string;
}

interface IntranetConfigOut {
  readonly IpFixed?: string;
  readonly IpAddress?: readonly string[] | null;
}

interface InvokeRequest {
  readonly FunctionName: string;
  readonly InvocationType?: string;
  readonly Qualifier?: string;
  readonly ClientContext?: string;
  readonly LogType?: string;
  readonly Namespace?: string;
  readonly RoutingKey?: string;
}

interface InvokeResponse {
  readonly Result?: Result;
  readonly RequestId?: string;
}

interface LayerVersionInfo {
  readonly CompatibleRuntimes?: readonly string[];
  readonly AddTime?: string;
  readonly Description?: string;
  readonly LicenseInfo?: string | null;
  readonly LayerVersion?: number;
  readonly LayerName?: string;
  readonly Status?: string;
  readonly Stamp?: string;
  readonly Tags?: readonly Tag[] | null;
}

interface LayerVersionSimple {
  readonly LayerName: string;
  readonly LayerVersion: number;
}

interface LimitsInfo {
  readonly NamespacesCount?: number;
  readonly Namespace?: readonly NamespaceLimit[];
}

interface ListCustomDomainsRequest {
  readonly Offset?: number;
  readonly Limit?: number;
  readonly OrderBy?: string;
  readonly Order?: string;
  readonly Filters?: readonly Filter[];
}

interface ListCustomDomainsResponse {
  readonly Total?: number;
  readonly Domains?: readonly DomainInfo[] | null;
  readonly RequestId?: string;
}

interface ListFunctionsRequest {
  readonly Order?: string;
  readonly Orderby?: string;
  readonly Offset?: number;
  readonly Limit?: number;
  readonly SearchKey?: string;
  readonly Namespace?: string;
  readonly Description?: string;
  readonly Filters?: readonly Filter[];
}

interface ListFunctionsResponse {
  readonly Functions?: readonly Function[];
  readonly TotalCount?: number;
  readonly RequestId?: string;
}

interface ListNamespacesRequest {
  readonly Limit?: number;
  readonly Offset?: number;
  readonly Orderby?: string;
  readonly Order?: string;
  readonly SearchKey?: readonly SearchKey[];
}

interface ListNamespacesResponse {
  readonly Namespaces?: readonly Namespace[];
  readonly TotalCount?: number;
  readonly RequestId?: string;
}

interface ListTriggersRequest {
  readonly FunctionName: string;
  readonly Namespace?: string;
  readonly Offset?: number;
  readonly Limit?: number;
  readonly OrderBy?: string;
  readonly Order?: string;
  readonly Filters?: readonly Filter[];
}

interface ListTriggersResponse {
  readonly TotalCount?: number;
  readonly Triggers?: readonly TriggerInfo[];
  readonly RequestId?: string;
}

interface LogFilter {
  readonly RetCode?: string;
}

interface LogSearchContext {
  readonly Offset: string;
  readonly Limit: number;
  readonly Keyword?: string;
  readonly Type?: string;
}

interface MixNodeConfig {
  readonly NodeSpec?: string;
  readonly Num?: number;
}

interface Namespace {
  readonly ModTime?: string;
  readonly AddTime?: string;
  readonly Description?: string;
  readonly Name?: string;
  readonly Type?: string;
}

interface NamespaceLimit {
  readonly FunctionsCount?: number;
  readonly Trigger?: TriggerCount;
  readonly Namespace?: string;
  readonly ConcurrentExecutions?: number;
  readonly TimeoutLimit?: number;
  readonly TestModelLimit?: number | null;
  readonly InitTimeoutLimit?: number;
  readonly RetryNumLimit?: number;
  readonly MinMsgTTL?: number;
  readonly MaxMsgTTL?: number;
}

interface NamespaceUsage {
  readonly Functions?: readonly string[];
  readonly Namespace?: string;
  readonly FunctionsCount?: number;
  readonly TotalConcurrencyMem?: number;
  readonly TotalAllocatedConcurrencyMem?: number;
  readonly TotalAllocatedProvisionedMem?: number;
}

interface PathRewriteRule {
  readonly Path: string;
  readonly Type: string;
  readonly Rewrite: string;
}

interface ProtocolParams {
  readonly WSParams?: WSParams | null;
}

interface PublicNetConfigIn {
  readonly PublicNetStatus: string;
  readonly EipConfig?: EipConfigIn;
}

interface PublicNetConfigOut {
  readonly PublicNetStatus?: string;
  readonly EipConfig?: EipConfigOut;
}

interface PutReservedConcurrencyConfigRequest {
  readonly FunctionName: string;
  readonly ReservedConcurrencyMem: number;
  readonly Namespace?: string;
}

interface PutReservedConcurrencyConfigResponse {
  readonly RequestId?: string;
}

interface RequestStatus {
  readonly FunctionName?: string;
  readonly RetMsg?: string;
  readonly RequestId?: string;
  readonly StartTime?: string;
  readonly RetCode?: number;
  readonly Duration?: number;
  readonly MemUsage?: number;
  readonly RetryNum?: number;
}

interface Result {
  readonly Log?: string;
  readonly RetMsg?: string;
  readonly ErrMsg?: string;
  readonly MemUsage?: number;
  readonly Duration?: number;
  readonly BillDuration?: number;
  readonly FunctionRequestId?: string;
  readonly InvokeResult?: number;
}

interface RetryConfig {
  readonly RetryNum: number;
}

interface SearchKey {
  readonly Key: string;
  readonly Value: string;
}

interface SessionConfig {
  readonly SessionSource?: string;
  readonly SessionName?: string;
  readonly MaximumConcurrencySessionPerInstance?: number;
  readonly MaximumTTLInSeconds?: number;
  readonly MaximumIdleTimeInSeconds?: number;
  readonly SessionPath?: string;
  readonly IdleTimeoutStrategy?: string;
}

interface StatusReason {
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface Trigger {
  readonly ModTime?: string;
  readonly Type?: string;
  readonly TriggerDesc?: string;
  readonly TriggerName?: string;
  readonly AddTime?: string;
  readonly Enable?: number;
  readonly CustomArgument?: string;
  readonly AvailableStatus?: string;
  readonly ResourceId?: string;
  readonly BindStatus?: string;
  readonly TriggerAttribute?: string;
  readonly Qualifier?: string;
  readonly Description?: string;
}

interface TriggerCount {
  readonly Cos?: number;
  readonly Timer?: number;
  readonly Cmq?: number;
  readonly Total?: number;
  readonly Ckafka?: number;
  readonly Apigw?: number;
  readonly Cls?: number;
  readonly Clb?: number;
  readonly Mps?: number;
  readonly Cm?: number;
  readonly Vod?: number;
  readonly Eb?: number;
}

interface TriggerInfo {
  readonly Enable?: number;
  readonly Qualifier?: string;
  readonly TriggerName?: string;
  readonly Type?: string;
  readonly TriggerDesc?: string;
  readonly AvailableStatus?: string;
  readonly CustomArgument?: string | null;
  readonly AddTime?: string;
  readonly ModTime?: string;
  readonly ResourceId?: string;
  readonly BindStatus?: string;
  readonly TriggerAttribute?: string;
  readonly Description?: string | null;
  readonly BoundResources?: string;
}

interface UpdateCustomDomainRequest {
  readonly Domain: string;
  readonly Protocol?: string;
  readonly CertConfig?: CertConf;
  readonly WafConfig?: WafConf;
  readonly EndpointsConfig?: readonly EndpointsConf[];
}

interface UpdateCustomDomainResponse {
  readonly RequestId?: string;
}

interface UpdateFunctionCodeRequest {
  readonly FunctionName: string;
  readonly Handler?: string;
  readonly CosBucketName?: string;
  readonly CosObjectName?: string;
  readonly ZipFile?: string;
  readonly Namespace?: string;
  readonly CosBucketRegion?: string;
  readonly InstallDependency?: string;
  readonly EnvId?: string;
  readonly Publish?: string;
  readonly Code?: Code;
  readonly CodeSource?: string;
}

interface UpdateFunctionCodeResponse {
  readonly RequestId?: string;
}

interface UpdateFunctionConfigurationRequest {
  readonly FunctionName: string;
  readonly Description?: string;
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly Runtime?: string;
  readonly Environment?: Environment;
  readonly Namespace?: string;
  readonly VpcConfig?: VpcConfig;
  readonly Role?: string;
  readonly InstallDependency?: string;
  readonly ClsLogsetId?: string;
  readonly ClsTopicId?: string;
  readonly Publish?: string;
  readonly L5Enable?: string;
  readonly Layers?: readonly LayerVersionSimple[];
  readonly DeadLetterConfig?: DeadLetterConfig;
  readonly PublicNetConfig?: PublicNetConfigIn;
  readonly CfsConfig?: CfsConfig;
  readonly InitTimeout?: number;
  readonly ProtocolParams?: ProtocolParams;
  readonly InstanceConcurrencyConfig?: InstanceConcurrencyConfig;
  readonly DnsCache?: string;
  readonly IntranetConfig?: IntranetConfigIn;
  readonly IgnoreSysLog?: boolean;
}

interface UpdateFunctionConfigurationResponse {
  readonly RequestId?: string;
}

interface UpdateFunctionEventInvokeConfigRequest {
  readonly AsyncTriggerConfig: AsyncTriggerConfig;
  readonly FunctionName: string;
  readonly Namespace?: string;
}

interface UpdateFunctionEventInvokeConfigResponse {
  readonly RequestId?: string;
}

interface UpdateTriggerRequest {
  readonly FunctionName: string;
  readonly TriggerName: string;
  readonly Type: string;
  readonly Enable?: string;
  readonly Qualifier?: string;
  readonly Namespace?: string;
  readonly TriggerDesc?: string;
  readonly Description?: string;
  readonly CustomArgument?: string;
}

interface UpdateTriggerResponse {
  readonly RequestId?: string;
}

interface UsageInfo {
  readonly NamespacesCount?: number;
  readonly Namespace?: readonly NamespaceUsage[];
  readonly TotalConcurrencyMem?: number;
  readonly TotalAllocatedConcurrencyMem?: number;
  readonly UserConcurrencyMemLimit?: number;
}

interface Variable {
  readonly Key?: string;
  readonly Value?: string;
}

interface VpcConfig {
  readonly VpcId?: string;
  readonly SubnetId?: string;
}

interface WSParams {
  readonly IdleTimeOut?: number | null;
}

interface WafConf {
  readonly WafOpen?: string;
  readonly WafInstanceId?: string;
}

/** Each action of scf with its request and its response. */
export interface ScfActions {
  readonly CreateCustomDomain: {
    readonly request: CreateCustomDomainRequest;
    readonly response: CreateCustomDomainResponse;
  };
  readonly CreateFunction: {
    readonly request: CreateFunctionRequest;
    readonly response: CreateFunctionResponse;
  };
  readonly CreateTrigger: {
    readonly request: CreateTriggerRequest;
    readonly response: CreateTriggerResponse;
  };
  readonly DeleteCustomDomain: {
    readonly request: DeleteCustomDomainRequest;
    readonly response: DeleteCustomDomainResponse;
  };
  readonly DeleteFunction: {
    readonly request: DeleteFunctionRequest;
    readonly response: DeleteFunctionResponse;
  };
  readonly DeleteReservedConcurrencyConfig: {
    readonly request: DeleteReservedConcurrencyConfigRequest;
    readonly response: DeleteReservedConcurrencyConfigResponse;
  };
  readonly DeleteTrigger: {
    readonly request: DeleteTriggerRequest;
    readonly response: DeleteTriggerResponse;
  };
  readonly GetAccount: {
    readonly request: GetAccountRequest;
    readonly response: GetAccountResponse;
  };
  readonly GetCustomDomain: {
    readonly request: GetCustomDomainRequest;
    readonly response: GetCustomDomainResponse;
  };
  readonly GetFunction: {
    readonly request: GetFunctionRequest;
    readonly response: GetFunctionResponse;
  };
  readonly GetFunctionEventInvokeConfig: {
    readonly request: GetFunctionEventInvokeConfigRequest;
    readonly response: GetFunctionEventInvokeConfigResponse;
  };
  readonly GetFunctionLogs: {
    readonly request: GetFunctionLogsRequest;
    readonly response: GetFunctionLogsResponse;
  };
  readonly GetRequestStatus: {
    readonly request: GetRequestStatusRequest;
    readonly response: GetRequestStatusResponse;
  };
  readonly GetReservedConcurrencyConfig: {
    readonly request: GetReservedConcurrencyConfigRequest;
    readonly response: GetReservedConcurrencyConfigResponse;
  };
  readonly Invoke: {
    readonly request: InvokeRequest;
    readonly response: InvokeResponse;
  };
  readonly ListCustomDomains: {
    readonly request: ListCustomDomainsRequest;
    readonly response: ListCustomDomainsResponse;
  };
  readonly ListFunctions: {
    readonly request: ListFunctionsRequest;
    readonly response: ListFunctionsResponse;
  };
  readonly ListNamespaces: {
    readonly request: ListNamespacesRequest;
    readonly response: ListNamespacesResponse;
  };
  readonly ListTriggers: {
    readonly request: ListTriggersRequest;
    readonly response: ListTriggersResponse;
  };
  readonly PutReservedConcurrencyConfig: {
    readonly request: PutReservedConcurrencyConfigRequest;
    readonly response: PutReservedConcurrencyConfigResponse;
  };
  readonly UpdateCustomDomain: {
    readonly request: UpdateCustomDomainRequest;
    readonly response: UpdateCustomDomainResponse;
  };
  readonly UpdateFunctionCode: {
    readonly request: UpdateFunctionCodeRequest;
    readonly response: UpdateFunctionCodeResponse;
  };
  readonly UpdateFunctionConfiguration: {
    readonly request: UpdateFunctionConfigurationRequest;
    readonly response: UpdateFunctionConfigurationResponse;
  };
  readonly UpdateFunctionEventInvokeConfig: {
    readonly request: UpdateFunctionEventInvokeConfigRequest;
    readonly response: UpdateFunctionEventInvokeConfigResponse;
  };
  readonly UpdateTrigger: {
    readonly request: UpdateTriggerRequest;
    readonly response: UpdateTriggerResponse;
  };
}

/** The types behind them, by their names in the SDK. */
export interface ScfTypes {
  readonly AccessInfo: AccessInfo;
  readonly AsyncTriggerConfig: AsyncTriggerConfig;
  readonly CertConf: CertConf;
  readonly CfsConfig: CfsConfig;
  readonly CfsInsInfo: CfsInsInfo;
  readonly Code: Code;
  readonly CreateCustomDomainRequest: CreateCustomDomainRequest;
  readonly CreateCustomDomainResponse: CreateCustomDomainResponse;
  readonly CreateFunctionRequest: CreateFunctionRequest;
  readonly CreateFunctionResponse: CreateFunctionResponse;
  readonly CreateTriggerRequest: CreateTriggerRequest;
  readonly CreateTriggerResponse: CreateTriggerResponse;
  readonly DeadLetterConfig: DeadLetterConfig;
  readonly DeleteCustomDomainRequest: DeleteCustomDomainRequest;
  readonly DeleteCustomDomainResponse: DeleteCustomDomainResponse;
  readonly DeleteFunctionRequest: DeleteFunctionRequest;
  readonly DeleteFunctionResponse: DeleteFunctionResponse;
  readonly DeleteReservedConcurrencyConfigRequest: DeleteReservedConcurrencyConfigRequest;
  readonly DeleteReservedConcurrencyConfigResponse: DeleteReservedConcurrencyConfigResponse;
  readonly DeleteTriggerRequest: DeleteTriggerRequest;
  readonly DeleteTriggerResponse: DeleteTriggerResponse;
  readonly DomainInfo: DomainInfo;
  readonly EipConfigIn: EipConfigIn;
  readonly EipConfigOut: EipConfigOut;
  readonly EipOutConfig: EipOutConfig;
  readonly EndpointsConf: EndpointsConf;
  readonly Environment: Environment;
  readonly Filter: Filter;
  readonly Function: Function;
  readonly FunctionLog: FunctionLog;
  readonly GetAccountRequest: GetAccountRequest;
  readonly GetAccountResponse: GetAccountResponse;
  readonly GetCustomDomainRequest: GetCustomDomainRequest;
  readonly GetCustomDomainResponse: GetCustomDomainResponse;
  readonly GetFunctionEventInvokeConfigRequest: GetFunctionEventInvokeConfigRequest;
  readonly GetFunctionEventInvokeConfigResponse: GetFunctionEventInvokeConfigResponse;
  readonly GetFunctionLogsRequest: GetFunctionLogsRequest;
  readonly GetFunctionLogsResponse: GetFunctionLogsResponse;
  readonly GetFunctionRequest: GetFunctionRequest;
  readonly GetFunctionResponse: GetFunctionResponse;
  readonly GetRequestStatusRequest: GetRequestStatusRequest;
  readonly GetRequestStatusResponse: GetRequestStatusResponse;
  readonly GetReservedConcurrencyConfigRequest: GetReservedConcurrencyConfigRequest;
  readonly GetReservedConcurrencyConfigResponse: GetReservedConcurrencyConfigResponse;
  readonly ImageConfig: ImageConfig;
  readonly InstanceConcurrencyConfig: InstanceConcurrencyConfig;
  readonly IntranetConfigIn: IntranetConfigIn;
  readonly IntranetConfigOut: IntranetConfigOut;
  readonly InvokeRequest: InvokeRequest;
  readonly InvokeResponse: InvokeResponse;
  readonly LayerVersionInfo: LayerVersionInfo;
  readonly LayerVersionSimple: LayerVersionSimple;
  readonly LimitsInfo: LimitsInfo;
  readonly ListCustomDomainsRequest: ListCustomDomainsRequest;
  readonly ListCustomDomainsResponse: ListCustomDomainsResponse;
  readonly ListFunctionsRequest: ListFunctionsRequest;
  readonly ListFunctionsResponse: ListFunctionsResponse;
  readonly ListNamespacesRequest: ListNamespacesRequest;
  readonly ListNamespacesResponse: ListNamespacesResponse;
  readonly ListTriggersRequest: ListTriggersRequest;
  readonly ListTriggersResponse: ListTriggersResponse;
  readonly LogFilter: LogFilter;
  readonly LogSearchContext: LogSearchContext;
  readonly MixNodeConfig: MixNodeConfig;
  readonly Namespace: Namespace;
  readonly NamespaceLimit: NamespaceLimit;
  readonly NamespaceUsage: NamespaceUsage;
  readonly PathRewriteRule: PathRewriteRule;
  readonly ProtocolParams: ProtocolParams;
  readonly PublicNetConfigIn: PublicNetConfigIn;
  readonly PublicNetConfigOut: PublicNetConfigOut;
  readonly PutReservedConcurrencyConfigRequest: PutReservedConcurrencyConfigRequest;
  readonly PutReservedConcurrencyConfigResponse: PutReservedConcurrencyConfigResponse;
  readonly RequestStatus: RequestStatus;
  readonly Result: Result;
  readonly RetryConfig: RetryConfig;
  readonly SearchKey: SearchKey;
  readonly SessionConfig: SessionConfig;
  readonly StatusReason: StatusReason;
  readonly Tag: Tag;
  readonly Trigger: Trigger;
  readonly TriggerCount: TriggerCount;
  readonly TriggerInfo: TriggerInfo;
  readonly UpdateCustomDomainRequest: UpdateCustomDomainRequest;
  readonly UpdateCustomDomainResponse: UpdateCustomDomainResponse;
  readonly UpdateFunctionCodeRequest: UpdateFunctionCodeRequest;
  readonly UpdateFunctionCodeResponse: UpdateFunctionCodeResponse;
  readonly UpdateFunctionConfigurationRequest: UpdateFunctionConfigurationRequest;
  readonly UpdateFunctionConfigurationResponse: UpdateFunctionConfigurationResponse;
  readonly UpdateFunctionEventInvokeConfigRequest: UpdateFunctionEventInvokeConfigRequest;
  readonly UpdateFunctionEventInvokeConfigResponse: UpdateFunctionEventInvokeConfigResponse;
  readonly UpdateTriggerRequest: UpdateTriggerRequest;
  readonly UpdateTriggerResponse: UpdateTriggerResponse;
  readonly UsageInfo: UsageInfo;
  readonly Variable: Variable;
  readonly VpcConfig: VpcConfig;
  readonly WSParams: WSParams;
  readonly WafConf: WafConf;
}
