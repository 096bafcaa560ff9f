// Made by `npm run models` from tencentcloud-sdk-nodejs 4.1.313 (Apache-2.0, Copyright Tencent):
// names and types of what the actions in actions.ts take and give. Do not edit.

interface BindClsRequest {
  readonly EnvId: string;
  readonly ClsRegion: string;
  readonly ClsLogsetId: string;
  readonly ClsTopicId: string;
}

interface BindClsResponse {
  readonly RequestId?: string;
}

type CheckTcbServiceRequest = Readonly<Record<string, never>>;

interface CheckTcbServiceResponse {
  readonly Initialized?: boolean;
  readonly RequestId?: string;
}

interface ClsInfo {
  readonly ClsRegion: string;
  readonly ClsLogsetId: string;
  readonly ClsTopicId: string;
  readonly CreateTime: string;
}

interface CreateEnvRequest {
  readonly Alias: string;
  readonly PackageId: string;
  readonly Resources: readonly string[];
  readonly Period?: number;
  readonly AutoVoucher?: boolean;
  readonly Tags?: readonly Tag[];
  readonly RenewFlag?: string;
  readonly ExternalStorage?: ExternalStorage;
  readonly EnableOverrun?: string;
}

interface CreateEnvResourceRequest {
  readonly EnvId: string;
  readonly Resources: readonly string[];
}

interface CreateEnvResourceResponse {
  readonly RequestId?: string;
}

interface CreateEnvResponse {
  readonly EnvId?: string;
  readonly RequestId?: string;
}

interface CreateHTTPServiceRouteRequest {
  readonly EnvId: string;
  readonly Domain: HTTPServiceDomainParam;
}

interface CreateHTTPServiceRouteResponse {
  readonly OwnershipVerification?: OwnershipVerificationInfo;
  readonly RequestId?: string;
}

interface CreateIndex {
  readonly IndexName?: string;
  readonly MgoKeySchema?: MgoKeySchema;
}

interface CreateTableRequest {
  readonly TableName: string;
  readonly Tag?: string;
  readonly PermissionInfo?: PermissionInfo;
  readonly EnvId?: string;
  readonly MongoConnector?: MongoConnector;
}

interface CreateTableResponse {
  readonly RequestId?: string;
}

interface DatabasesInfo {
  readonly InstanceId?: string;
  readonly Status?: string;
  readonly Region?: string;
  readonly UpdateTime?: string;
}

interface DeleteHTTPServiceRouteRequest {
  readonly EnvId: string;
  readonly Domain: string;
  readonly Paths?: readonly string[];
}

interface DeleteHTTPServiceRouteResponse {
  readonly RequestId?: string;
}

interface DescribeDatabaseACLRequest {
  readonly EnvId: string;
  readonly CollectionName: string;
}

interface DescribeDatabaseACLResponse {
  readonly AclTag?: string;
  readonly RequestId?: string;
}

type DescribeEnvLimitRequest = Readonly<Record<string, never>>;

interface DescribeEnvLimitResponse {
  readonly MaxEnvNum?: number;
  readonly CurrentEnvNum?: number;
  readonly MaxFreeEnvNum?: number;
  readonly CurrentFreeEnvNum?: number;
  readonly MaxDeleteTotal?: number;
  readonly CurrentDeleteTotal?: number;
  readonly MaxDeleteMonthly?: number;
  readonly CurrentDeleteMonthly?: number;
  readonly MaxFreeTrialNum?: number;
  readonly CurrentFreeTrialNum?: number;
  readonly ChangePayTotal?: number;
  readonly CurrentChangePayTotal?: number;
  readonly ChangePayMonthly?: number;
  readonly CurrentChangePayMonthly?: number;
  readonly RequestId?: string;
}

interface DescribeEnvsRequest {
  readonly EnvId?: string;
  readonly IsVisible?: boolean;
  readonly Channels?: readonly string[];
  readonly Limit?: number;
  readonly Offset?: number;
}

interface DescribeEnvsResponse {
  readonly EnvList?: readonly EnvInfo[];
  readonly Total?: number;
  readonly RequestId?: string;
}

interface DescribeHTTPServiceRouteRequest {
  readonly EnvId: string;
  readonly Filters?: readonly Filter[];
  readonly Offset?: number;
  readonly Limit?: number;
}

interface DescribeHTTPServiceRouteResponse {
  readonly Domains?: readonly HTTPServiceDomain[];
  readonly OriginDomain?: string;
  readonly TotalCount?: number;
  readonly RequestId?: string;
}

interface DescribePGUserMigrationRequest {
  readonly EnvId: string;
  readonly MigrationVersion: string;
}

interface DescribePGUserMigrationResponse {
  readonly Version?: string;
  readonly Name?: string;
  readonly Query?: string;
  readonly Rollback?: string;
  readonly Checksum?: string;
  readonly Source?: string;
  readonly CreatedBy?: string;
  readonly CreatedAt?: string;
  readonly AppliedAt?: string;
  readonly DurationMs?: number;
  readonly RequestId?: string;
}

interface DescribeQuotaDataRequest {
  readonly EnvId: string;
  readonly MetricName: string;
  readonly ResourceID?: string;
}

interface DescribeQuotaDataResponse {
  readonly MetricName?: string;
  readonly Value?: number;
  readonly SubValue?: string;
  readonly RequestId?: string;
}

interface DescribeResourcePermissionRequest {
  readonly EnvId: string;
  readonly ResourceType: string;
  readonly Resources?: readonly string[];
}

interface DescribeResourcePermissionResponse {
  readonly Data?: DescribeResourcePermissionResult;
  readonly RequestId?: string;
}

interface DescribeResourcePermissionResult {
  readonly TotalCount?: number;
  readonly PermissionList?: readonly ResourcePermission[];
}

interface DescribeTableRequest {
  readonly TableName: string;
  readonly Tag?: string;
  readonly EnvId?: string;
  readonly MongoConnector?: MongoConnector;
}

interface DescribeTableResponse {
  readonly Indexes?: readonly IndexInfo[];
  readonly IndexNum?: number;
  readonly RequestId?: string;
}

interface DescribeTablesRequest {
  readonly MgoLimit: number;
  readonly Tag?: string;
  readonly MgoOffset?: number;
  readonly EnvId?: string;
  readonly MongoConnector?: MongoConnector;
  readonly TableNames?: readonly string[];
}

interface DescribeTablesResponse {
  readonly Tables?: readonly TableInfo[] | null;
  readonly Pager?: Pager | null;
  readonly RequestId?: string;
}

interface DropIndex {
  readonly IndexName?: string;
}

interface EnvInfo {
  readonly EnvId?: string;
  readonly Source?: string;
  readonly Alias?: string;
  readonly CreateTime?: string;
  readonly UpdateTime?: string;
  readonly Status?: string;
  readonly Databases?: readonly DatabasesInfo[];
  readonly Storages?: readonly StorageInfo[];
  readonly Functions?: readonly FunctionInfo[];
  readonly PackageId?: string;
  readonly PackageName?: string;
  readonly LogServices?: readonly LogServiceInfo[];
  readonly StaticStorages?: readonly StaticStorageInfo[];
  readonly IsAutoDegrade?: boolean;
  readonly EnvChannel?: string;
  readonly PayMode?: string;
  readonly IsDefault?: boolean;
  readonly Region?: string;
  readonly Tags?: readonly Tag[];
  readonly CustomLogServices?: readonly ClsInfo[];
  readonly EnvType?: string;
  readonly IsDauPackage?: boolean;
  readonly PackageType?: string;
  readonly ArchitectureType?: string;
  readonly Recycle?: string;
  readonly Meta?: readonly KVPair[];
  readonly PostgreSQL?: readonly PostgreSQLInfo[];
}

interface ExecutePGSqlRequest {
  readonly EnvId: string;
  readonly Sql: string;
  readonly Role?: string;
}

interface ExecutePGSqlResponse {
  readonly AffectedRows?: number;
  readonly Columns?: readonly string[] | null;
  readonly ColumnTypes?: readonly string[] | null;
  readonly Rows?: readonly string[] | null;
  readonly ExecutionTimeMs?: number;
  readonly RequestId?: string;
}

interface ExternalStorage {
  readonly BucketName: string;
  readonly Region: string;
  readonly BasePath: string;
  readonly Enabled?: boolean;
}

interface Filter {
  readonly Name?: string;
  readonly Values?: readonly string[];
}

interface FunctionInfo {
  readonly Namespace?: string;
  readonly Region?: string;
}

interface HTTPServiceCacheAction {
  readonly Type?: string;
  readonly Cache?: HTTPServiceCacheParams;
  readonly CacheKey?: HTTPServiceCacheKeyParams;
}

interface HTTPServiceCacheKeyParams {
  readonly FullURLCache?: string;
  readonly QueryStringSwitch?: string;
  readonly QueryStringAction?: string;
  readonly QueryStringValues?: readonly string[];
}

interface HTTPServiceCacheParams {
  readonly FollowOrigin?: boolean;
  readonly NoCache?: boolean;
  readonly CacheTime?: number;
  readonly MaxAgeTime?: number;
}

interface HTTPServiceCacheRule {
  readonly Description?: string;
  readonly Enable?: boolean;
  readonly Condition?: HTTPServiceRuleCondition;
  readonly Actions?: readonly HTTPServiceCacheAction[];
}

interface HTTPServiceCacheSet {
  readonly Rules?: readonly HTTPServiceCacheRule[];
}

interface HTTPServiceDomain {
  readonly Domain?: string;
  readonly DomainType?: string;
  readonly AccessType?: string;
  readonly CertId?: string;
  readonly Protocol?: string;
  readonly Cname?: string;
  readonly IsDefault?: boolean;
  readonly Enable?: boolean;
  readonly Status?: string;
  readonly DNSStatus?: string;
  readonly PlatformCnameDNSStatus?: string;
  readonly Routes?: readonly HTTPServiceRoute[];
  readonly Extension?: HTTPServiceExtension;
  readonly CreateTime?: string;
  readonly UpdateTime?: string;
}

interface HTTPServiceDomainParam {
  readonly Domain: string;
  readonly AccessType?: string;
  readonly CertId?: string;
  readonly Protocol?: string;
  readonly CustomCname?: string;
  readonly Enable?: boolean;
  readonly Routes?: readonly HTTPServiceRouteParam[];
  readonly Extension?: HTTPServiceExtension;
}

interface HTTPServiceExtension {
  readonly HeadersHandler?: HTTPServiceHeadersHandler;
  readonly Cache?: HTTPServiceCacheSet;
}

interface HTTPServiceHeaderToAdd {
  readonly Key?: string;
  readonly Value?: string;
  readonly Action?: string;
}

interface HTTPServiceHeadersHandler {
  readonly RequestHeadersToAdd?: readonly HTTPServiceHeaderToAdd[];
  readonly RequestHeadersToRemove?: readonly string[];
  readonly ResponseHeadersToAdd?: readonly HTTPServiceHeaderToAdd[];
  readonly ResponseHeadersToRemove?: readonly string[];
}

interface HTTPServicePathRewrite {
  readonly Prefix?: string;
}

interface HTTPServiceQPSPerClient {
  readonly LimitBy?: string;
  readonly LimitValue?: number;
}

interface HTTPServiceRoute {
  readonly Path?: string;
  readonly PathRewrite?: HTTPServicePathRewrite;
  readonly UpstreamResourceType?: string;
  readonly UpstreamResourceName?: string;
  readonly EnableSafeDomain?: boolean;
  readonly EnableAuth?: boolean;
  readonly EnablePathTransmission?: boolean;
  readonly QPSPolicy?: HTTPServiceRouteQPSPolicy;
  readonly Enable?: boolean;
  readonly Extension?: HTTPServiceExtension;
  readonly CreateTime?: string;
  readonly UpdateTime?: string;
}

interface HTTPServiceRouteParam {
  readonly Path: string;
  readonly UpstreamResourceType?: string;
  readonly UpstreamResourceName?: string;
  readonly PathRewrite?: HTTPServicePathRewrite;
  readonly EnableSafeDomain?: boolean;
  readonly EnableAuth?: boolean;
  readonly EnablePathTransmission?: boolean;
  readonly QPSPolicy?: HTTPServiceRouteQPSPolicy;
  readonly Enable?: boolean;
  readonly Extension?: HTTPServiceExtension;
}

interface HTTPServiceRouteQPSPolicy {
  readonly QPSTotal?: number;
  readonly QPSPerClient?: HTTPServiceQPSPerClient;
}

interface HTTPServiceRuleCondition {
  readonly Target?: string;
  readonly MatchType?: string;
  readonly Values?: readonly string[];
}

interface IndexAccesses {
  readonly Ops?: number | null;
  readonly Since?: string | null;
}

interface IndexInfo {
  readonly Name?: string | null;
  readonly Size?: number | null;
  readonly Keys?: readonly Indexkey[] | null;
  readonly Accesses?: IndexAccesses | null;
  readonly Unique?: boolean | null;
}

interface Indexkey {
  readonly Name?: string;
  readonly Direction?: string;
}

interface KVPair {
  readonly Key: string;
  readonly Value: string;
}

interface ListPGUserMigrationsRequest {
  readonly EnvId: string;
  readonly Limit?: number;
  readonly Offset?: number;
}

interface ListPGUserMigrationsResponse {
  readonly Total?: number;
  readonly LatestVersion?: string;
  readonly Migrations?: readonly MigrationSummary[];
  readonly RequestId?: string;
}

interface ListTablesRequest {
  readonly MgoLimit: number;
  readonly Tag?: string;
  readonly MgoOffset?: number;
  readonly Filters?: readonly string[];
  readonly SearchValue?: string;
  readonly ShowHidden?: boolean;
  readonly EnvId?: string;
  readonly MongoConnector?: MongoConnector;
}

interface ListTablesResponse {
  readonly Tables?: readonly TableInfo[] | null;
  readonly Pager?: Pager | null;
  readonly RequestId?: string;
}

interface LogObject {
  readonly TopicId?: string;
  readonly TopicName?: string;
  readonly Timestamp?: string;
  readonly Content?: string;
  readonly FileName?: string;
  readonly Source?: string;
}

interface LogResObject {
  readonly Context?: string;
  readonly ListOver?: boolean;
  readonly Results?: readonly LogObject[];
  readonly AnalysisRecords?: readonly string[];
}

interface LogServiceInfo {
  readonly LogsetName?: string;
  readonly LogsetId?: string;
  readonly TopicName?: string;
  readonly TopicId?: string;
  readonly Region?: string;
  readonly Period?: number;
}

interface MgoCommandParam {
  readonly TableName: string;
  readonly CommandType: string;
  readonly Command: string;
}

interface MgoIndexKeys {
  readonly Name?: string;
  readonly Direction?: string;
}

interface MgoKeySchema {
  readonly MgoIndexKeys?: readonly MgoIndexKeys[];
  readonly MgoIsUnique?: boolean;
  readonly MgoIsSparse?: boolean;
  readonly PartialFilterExpression?: string;
}

interface MigrationConflict {
  readonly Version?: string;
  readonly Name?: string;
  readonly RemoteName?: string;
  readonly LocalChecksum?: string;
  readonly RemoteChecksum?: string;
  readonly Reason?: string;
  readonly Message?: string;
}

interface MigrationInput {
  readonly Version: string;
  readonly Name: string;
  readonly Query: string;
  readonly Rollback?: string;
}

interface MigrationPlanItem {
  readonly Version?: string;
  readonly Name?: string;
  readonly Checksum?: string;
  readonly Status?: string;
  readonly Source?: string;
  readonly Reason?: string;
}

interface MigrationSummary {
  readonly Version?: string;
  readonly Name?: string;
  readonly Checksum?: string;
  readonly AppliedAt?: string;
  readonly Source?: string;
  readonly CreatedBy?: string;
}

interface ModifyDatabaseACLRequest {
  readonly EnvId: string;
  readonly CollectionName: string;
  readonly AclTag: string;
}

interface ModifyDatabaseACLResponse {
  readonly RequestId?: string;
}

interface ModifyHTTPServiceRouteRequest {
  readonly EnvId: string;
  readonly Domain: HTTPServiceDomainParam;
}

interface ModifyHTTPServiceRouteResponse {
  readonly RequestId?: string;
}

interface ModifyResourcePermissionRequest {
  readonly EnvId: string;
  readonly ResourceType: string;
  readonly Permission: string;
  readonly Resource?: string;
  readonly SecurityRule?: string;
}

interface ModifyResourcePermissionResponse {
  readonly Data?: ModifyResourcePermissionResult;
  readonly RequestId?: string;
}

interface ModifyResourcePermissionResult {
  readonly Success?: boolean;
}

interface MongoConnector {
  readonly InstanceId?: string;
  readonly DatabaseName?: string;
}

interface OwnershipVerificationDnsInfo {
  readonly Subdomain?: string;
  readonly RecordType?: string;
  readonly RecordValue?: string;
}

interface OwnershipVerificationFileInfo {
  readonly Path?: string;
  readonly Content?: string;
}

interface OwnershipVerificationInfo {
  readonly Domain?: string;
  readonly DnsVerification?: readonly OwnershipVerificationDnsInfo[];
  readonly FileVerification?: readonly OwnershipVerificationFileInfo[];
}

interface Pager {
  readonly Offset?: number | null;
  readonly Limit?: number | null;
  readonly Total?: number | null;
}

interface PermissionInfo {
  readonly AclTag: string;
  readonly EnvId: string;
  readonly Rule?: string;
}

interface PostgreSQLInfo {
  readonly Name?: string;
  readonly InstanceName?: string;
  readonly Status?: number;
  readonly Region?: string;
}

interface PreviewPGUserMigrationsRequest {
  readonly EnvId: string;
  readonly Migrations: readonly MigrationInput[];
  readonly Source?: string;
  readonly IncludeAll?: boolean;
}

interface PreviewPGUserMigrationsResponse {
  readonly Pending?: readonly MigrationPlanItem[];
  readonly Applied?: readonly MigrationPlanItem[];
  readonly Conflicts?: readonly MigrationConflict[];
  readonly Executable?: boolean;
  readonly RequestId?: string;
}

interface PushPGUserMigrationsRequest {
  readonly EnvId: string;
  readonly Migrations: readonly MigrationInput[];
  readonly LockTimeoutMs?: number;
  readonly StatementTimeoutMs?: number;
  readonly Source?: string;
  readonly IncludeAll?: boolean;
}

interface PushPGUserMigrationsResponse {
  readonly TaskId?: string;
  readonly RequestId?: string;
}

interface RepairPGUserMigrationHistoryRequest {
  readonly EnvId: string;
  readonly MigrationVersion: string;
  readonly Name: string;
  readonly Status: string;
  readonly Reason: string;
  readonly Query?: string;
}

interface RepairPGUserMigrationHistoryResponse {
  readonly RequestId?: string;
}

interface ResourcePermission {
  readonly ResourceType?: string;
  readonly Resource?: string;
  readonly Permission?: string;
  readonly SecurityRule?: string;
}

interface RunCommandsRequest {
  readonly MgoCommands: readonly MgoCommandParam[];
  readonly Tag?: string;
  readonly EnvId?: string;
  readonly MongoConnector?: MongoConnector;
}

interface RunCommandsResponse {
  readonly Data?: readonly string[] | null;
  readonly RequestId?: string;
}

interface SearchClsLogRequest {
  readonly EnvId: string;
  readonly StartTime: string;
  readonly EndTime: string;
  readonly QueryString: string;
  readonly Limit: number;
  readonly Context?: string;
  readonly Sort?: string;
  readonly UseLucene?: boolean;
}

interface SearchClsLogResponse {
  readonly LogResults?: LogResObject;
  readonly RequestId?: string;
}

interface StaticStorageInfo {
  readonly StaticDomain?: string;
  readonly DefaultDirName?: string;
  readonly Status?: string;
  readonly Region?: string;
  readonly Bucket?: string;
  readonly AccessExpire?: number;
  readonly ExternalStorage?: ExternalStorage;
}

interface StorageInfo {
  readonly Region?: string;
  readonly Bucket?: string;
  readonly CdnDomain?: string;
  readonly AppId?: string;
  readonly ExternalStorage?: ExternalStorage;
}

interface TableInfo {
  readonly TableName?: string | null;
  readonly Count?: number | null;
  readonly Size?: number | null;
  readonly IndexCount?: number | null;
  readonly IndexSize?: number | null;
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface UpdateTableRequest {
  readonly TableName: string;
  readonly Tag?: string;
  readonly DropIndexes?: readonly DropIndex[];
  readonly CreateIndexes?: readonly CreateIndex[];
  readonly EnvId?: string;
  readonly MongoConnector?: MongoConnector;
}

interface UpdateTableResponse {
  readonly RequestId?: string;
}

interface VerifyHTTPServiceRouteCheckItem {
  readonly Status?: string;
  readonly Code?: string;
  readonly Message?: string;
  readonly OwnershipVerification?: OwnershipVerificationInfo;
}

interface VerifyHTTPServiceRouteRequest {
  readonly EnvId: string;
  readonly Domain: HTTPServiceDomainParam;
}

interface VerifyHTTPServiceRouteResponse {
  readonly Passed?: boolean;
  readonly Ownership?: VerifyHTTPServiceRouteCheckItem;
  readonly Cert?: VerifyHTTPServiceRouteCheckItem;
  readonly Quota?: VerifyHTTPServiceRouteCheckItem;
  readonly RouteConflict?: VerifyHTTPServiceRouteCheckItem;
  readonly DomainConflict?: VerifyHTTPServiceRouteCheckItem;
  readonly InternalAccount?: VerifyHTTPServiceRouteCheckItem;
  readonly Blacklist?: VerifyHTTPServiceRouteCheckItem;
  readonly CDNResource?: VerifyHTTPServiceRouteCheckItem;
  readonly EO?: VerifyHTTPServiceRouteCheckItem;
  readonly RequestId?: string;
}

/** Each action of tcb with its request and its response. */
export interface TcbActions {
  readonly BindCls: {
    readonly request: BindClsRequest;
    readonly response: BindClsResponse;
  };
  readonly CheckTcbService: {
    readonly request: CheckTcbServiceRequest;
    readonly response: CheckTcbServiceResponse;
  };
  readonly CreateEnv: {
    readonly request: CreateEnvRequest;
    readonly response: CreateEnvResponse;
  };
  readonly CreateEnvResource: {
    readonly request: CreateEnvResourceRequest;
    readonly response: CreateEnvResourceResponse;
  };
  readonly CreateHTTPServiceRoute: {
    readonly request: CreateHTTPServiceRouteRequest;
    readonly response: CreateHTTPServiceRouteResponse;
  };
  readonly CreateTable: {
    readonly request: CreateTableRequest;
    readonly response: CreateTableResponse;
  };
  readonly DeleteHTTPServiceRoute: {
    readonly request: DeleteHTTPServiceRouteRequest;
    readonly response: DeleteHTTPServiceRouteResponse;
  };
  readonly DescribeDatabaseACL: {
    readonly request: DescribeDatabaseACLRequest;
    readonly response: DescribeDatabaseACLResponse;
  };
  readonly DescribeEnvLimit: {
    readonly request: DescribeEnvLimitRequest;
    readonly response: DescribeEnvLimitResponse;
  };
  readonly DescribeEnvs: {
    readonly request: DescribeEnvsRequest;
    readonly response: DescribeEnvsResponse;
  };
  readonly DescribeHTTPServiceRoute: {
    readonly request: DescribeHTTPServiceRouteRequest;
    readonly response: DescribeHTTPServiceRouteResponse;
  };
  readonly DescribePGUserMigration: {
    readonly request: DescribePGUserMigrationRequest;
    readonly response: DescribePGUserMigrationResponse;
  };
  readonly DescribeQuotaData: {
    readonly request: DescribeQuotaDataRequest;
    readonly response: DescribeQuotaDataResponse;
  };
  readonly DescribeResourcePermission: {
    readonly request: DescribeResourcePermissionRequest;
    readonly response: DescribeResourcePermissionResponse;
  };
  readonly DescribeTable: {
    readonly request: DescribeTableRequest;
    readonly response: DescribeTableResponse;
  };
  readonly DescribeTables: {
    readonly request: DescribeTablesRequest;
    readonly response: DescribeTablesResponse;
  };
  readonly ExecutePGSql: {
    readonly request: ExecutePGSqlRequest;
    readonly response: ExecutePGSqlResponse;
  };
  readonly ListPGUserMigrations: {
    readonly request: ListPGUserMigrationsRequest;
    readonly response: ListPGUserMigrationsResponse;
  };
  readonly ListTables: {
    readonly request: ListTablesRequest;
    readonly response: ListTablesResponse;
  };
  readonly ModifyDatabaseACL: {
    readonly request: ModifyDatabaseACLRequest;
    readonly response: ModifyDatabaseACLResponse;
  };
  readonly ModifyHTTPServiceRoute: {
    readonly request: ModifyHTTPServiceRouteRequest;
    readonly response: ModifyHTTPServiceRouteResponse;
  };
  readonly ModifyResourcePermission: {
    readonly request: ModifyResourcePermissionRequest;
    readonly response: ModifyResourcePermissionResponse;
  };
  readonly PreviewPGUserMigrations: {
    readonly request: PreviewPGUserMigrationsRequest;
    readonly response: PreviewPGUserMigrationsResponse;
  };
  readonly PushPGUserMigrations: {
    readonly request: PushPGUserMigrationsRequest;
    readonly response: PushPGUserMigrationsResponse;
  };
  readonly RepairPGUserMigrationHistory: {
    readonly request: RepairPGUserMigrationHistoryRequest;
    readonly response: RepairPGUserMigrationHistoryResponse;
  };
  readonly RunCommands: {
    readonly request: RunCommandsRequest;
    readonly response: RunCommandsResponse;
  };
  readonly SearchClsLog: {
    readonly request: SearchClsLogRequest;
    readonly response: SearchClsLogResponse;
  };
  readonly UpdateTable: {
    readonly request: UpdateTableRequest;
    readonly response: UpdateTableResponse;
  };
  readonly VerifyHTTPServiceRoute: {
    readonly request: VerifyHTTPServiceRouteRequest;
    readonly response: VerifyHTTPServiceRouteResponse;
  };
}

/** The types behind them, by their names in the SDK. */
export interface TcbTypes {
  readonly BindClsRequest: BindClsRequest;
  readonly BindClsResponse: BindClsResponse;
  readonly CheckTcbServiceRequest: CheckTcbServiceRequest;
  readonly CheckTcbServiceResponse: CheckTcbServiceResponse;
  readonly ClsInfo: ClsInfo;
  readonly CreateEnvRequest: CreateEnvRequest;
  readonly CreateEnvResourceRequest: CreateEnvResourceRequest;
  readonly CreateEnvResourceResponse: CreateEnvResourceResponse;
  readonly CreateEnvResponse: CreateEnvResponse;
  readonly CreateHTTPServiceRouteRequest: CreateHTTPServiceRouteRequest;
  readonly CreateHTTPServiceRouteResponse: CreateHTTPServiceRouteResponse;
  readonly CreateIndex: CreateIndex;
  readonly CreateTableRequest: CreateTableRequest;
  readonly CreateTableResponse: CreateTableResponse;
  readonly DatabasesInfo: DatabasesInfo;
  readonly DeleteHTTPServiceRouteRequest: DeleteHTTPServiceRouteRequest;
  readonly DeleteHTTPServiceRouteResponse: DeleteHTTPServiceRouteResponse;
  readonly DescribeDatabaseACLRequest: DescribeDatabaseACLRequest;
  readonly DescribeDatabaseACLResponse: DescribeDatabaseACLResponse;
  readonly DescribeEnvLimitRequest: DescribeEnvLimitRequest;
  readonly DescribeEnvLimitResponse: DescribeEnvLimitResponse;
  readonly DescribeEnvsRequest: DescribeEnvsRequest;
  readonly DescribeEnvsResponse: DescribeEnvsResponse;
  readonly DescribeHTTPServiceRouteRequest: DescribeHTTPServiceRouteRequest;
  readonly DescribeHTTPServiceRouteResponse: DescribeHTTPServiceRouteResponse;
  readonly DescribePGUserMigrationRequest: DescribePGUserMigrationRequest;
  readonly DescribePGUserMigrationResponse: DescribePGUserMigrationResponse;
  readonly DescribeQuotaDataRequest: DescribeQuotaDataRequest;
  readonly DescribeQuotaDataResponse: DescribeQuotaDataResponse;
  readonly DescribeResourcePermissionRequest: DescribeResourcePermissionRequest;
  readonly DescribeResourcePermissionResponse: DescribeResourcePermissionResponse;
  readonly DescribeResourcePermissionResult: DescribeResourcePermissionResult;
  readonly DescribeTableRequest: DescribeTableRequest;
  readonly DescribeTableResponse: DescribeTableResponse;
  readonly DescribeTablesRequest: DescribeTablesRequest;
  readonly DescribeTablesResponse: DescribeTablesResponse;
  readonly DropIndex: DropIndex;
  readonly EnvInfo: EnvInfo;
  readonly ExecutePGSqlRequest: ExecutePGSqlRequest;
  readonly ExecutePGSqlResponse: ExecutePGSqlResponse;
  readonly ExternalStorage: ExternalStorage;
  readonly Filter: Filter;
  readonly FunctionInfo: FunctionInfo;
  readonly HTTPServiceCacheAction: HTTPServiceCacheAction;
  readonly HTTPServiceCacheKeyParams: HTTPServiceCacheKeyParams;
  readonly HTTPServiceCacheParams: HTTPServiceCacheParams;
  readonly HTTPServiceCacheRule: HTTPServiceCacheRule;
  readonly HTTPServiceCacheSet: HTTPServiceCacheSet;
  readonly HTTPServiceDomain: HTTPServiceDomain;
  readonly HTTPServiceDomainParam: HTTPServiceDomainParam;
  readonly HTTPServiceExtension: HTTPServiceExtension;
  readonly HTTPServiceHeaderToAdd: HTTPServiceHeaderToAdd;
  readonly HTTPServiceHeadersHandler: HTTPServiceHeadersHandler;
  readonly HTTPServicePathRewrite: HTTPServicePathRewrite;
  readonly HTTPServiceQPSPerClient: HTTPServiceQPSPerClient;
  readonly HTTPServiceRoute: HTTPServiceRoute;
  readonly HTTPServiceRouteParam: HTTPServiceRouteParam;
  readonly HTTPServiceRouteQPSPolicy: HTTPServiceRouteQPSPolicy;
  readonly HTTPServiceRuleCondition: HTTPServiceRuleCondition;
  readonly IndexAccesses: IndexAccesses;
  readonly IndexInfo: IndexInfo;
  readonly Indexkey: Indexkey;
  readonly KVPair: KVPair;
  readonly ListPGUserMigrationsRequest: ListPGUserMigrationsRequest;
  readonly ListPGUserMigrationsResponse: ListPGUserMigrationsResponse;
  readonly ListTablesRequest: ListTablesRequest;
  readonly ListTablesResponse: ListTablesResponse;
  readonly LogObject: LogObject;
  readonly LogResObject: LogResObject;
  readonly LogServiceInfo: LogServiceInfo;
  readonly MgoCommandParam: MgoCommandParam;
  readonly MgoIndexKeys: MgoIndexKeys;
  readonly MgoKeySchema: MgoKeySchema;
  readonly MigrationConflict: MigrationConflict;
  readonly MigrationInput: MigrationInput;
  readonly MigrationPlanItem: MigrationPlanItem;
  readonly MigrationSummary: MigrationSummary;
  readonly ModifyDatabaseACLRequest: ModifyDatabaseACLRequest;
  readonly ModifyDatabaseACLResponse: ModifyDatabaseACLResponse;
  readonly ModifyHTTPServiceRouteRequest: ModifyHTTPServiceRouteRequest;
  readonly ModifyHTTPServiceRouteResponse: ModifyHTTPServiceRouteResponse;
  readonly ModifyResourcePermissionRequest: ModifyResourcePermissionRequest;
  readonly ModifyResourcePermissionResponse: ModifyResourcePermissionResponse;
  readonly ModifyResourcePermissionResult: ModifyResourcePermissionResult;
  readonly MongoConnector: MongoConnector;
  readonly OwnershipVerificationDnsInfo: OwnershipVerificationDnsInfo;
  readonly OwnershipVerificationFileInfo: OwnershipVerificationFileInfo;
  readonly OwnershipVerificationInfo: OwnershipVerificationInfo;
  readonly Pager: Pager;
  readonly PermissionInfo: PermissionInfo;
  readonly PostgreSQLInfo: PostgreSQLInfo;
  readonly PreviewPGUserMigrationsRequest: PreviewPGUserMigrationsRequest;
  readonly PreviewPGUserMigrationsResponse: PreviewPGUserMigrationsResponse;
  readonly PushPGUserMigrationsRequest: PushPGUserMigrationsRequest;
  readonly PushPGUserMigrationsResponse: PushPGUserMigrationsResponse;
  readonly RepairPGUserMigrationHistoryRequest: RepairPGUserMigrationHistoryRequest;
  readonly RepairPGUserMigrationHistoryResponse: RepairPGUserMigrationHistoryResponse;
  readonly ResourcePermission: ResourcePermission;
  readonly RunCommandsRequest: RunCommandsRequest;
  readonly RunCommandsResponse: RunCommandsResponse;
  readonly SearchClsLogRequest: SearchClsLogRequest;
  readonly SearchClsLogResponse: SearchClsLogResponse;
  readonly StaticStorageInfo: StaticStorageInfo;
  readonly StorageInfo: StorageInfo;
  readonly TableInfo: TableInfo;
  readonly Tag: Tag;
  readonly UpdateTableRequest: UpdateTableRequest;
  readonly UpdateTableResponse: UpdateTableResponse;
  readonly VerifyHTTPServiceRouteCheckItem: VerifyHTTPServiceRouteCheckItem;
  readonly VerifyHTTPServiceRouteRequest: VerifyHTTPServiceRouteRequest;
  readonly VerifyHTTPServiceRouteResponse: VerifyHTTPServiceRouteResponse;
}
