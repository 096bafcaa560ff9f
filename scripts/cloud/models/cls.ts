// Made by `npm run models` from tencentcloud-sdk-nodejs 4.1.313 (Apache-2.0, Copyright Tencent):
// names and types of what the actions in actions.ts take and give. Do not edit.

interface AnonymousInfo {
  readonly Operations?: readonly string[];
  readonly Conditions?: readonly ConditionInfo[];
}

interface Column {
  readonly Name?: string;
  readonly Type?: string;
}

interface ConditionInfo {
  readonly Attributes?: string;
  readonly Rule?: number;
  readonly ConditionValue?: string;
}

interface CreateIndexRequest {
  readonly TopicId: string;
  readonly Rule: RuleInfo;
  readonly Status?: boolean;
  readonly IncludeInternalFields?: boolean;
  readonly MetadataFlag?: number;
  readonly CoverageField?: string;
}

interface CreateIndexResponse {
  readonly RequestId?: string;
}

interface CreateLogsetRequest {
  readonly LogsetName: string;
  readonly Tags?: readonly Tag[];
  readonly LogsetId?: string;
}

interface CreateLogsetResponse {
  readonly LogsetId?: string;
  readonly RequestId?: string;
}

interface CreateTopicRequest {
  readonly LogsetId: string;
  readonly TopicName: string;
  readonly PartitionCount?: number;
  readonly Tags?: readonly Tag[];
  readonly AutoSplit?: boolean;
  readonly MaxSplitPartitions?: number;
  readonly StorageType?: string;
  readonly Period?: number;
  readonly Describes?: string;
  readonly HotPeriod?: number;
  readonly Encryption?: number;
  readonly CustomKmsInfo?: CustomKmsInfo;
  readonly BizType?: number;
  readonly TopicId?: string;
  readonly IsWebTracking?: boolean;
  readonly Extends?: TopicExtendInfo;
  readonly IsSourceFrom?: boolean;
  readonly BillingMode?: number;
}

interface CreateTopicResponse {
  readonly TopicId?: string;
  readonly RequestId?: string;
}

interface CustomKmsInfo {
  readonly KmsRegion: string;
  readonly KmsKeyId: string;
}

interface DescribeIndexRequest {
  readonly TopicId: string;
}

interface DescribeIndexResponse {
  readonly TopicId?: string;
  readonly Status?: boolean;
  readonly Rule?: RuleInfo | null;
  readonly ModifyTime?: string;
  readonly IncludeInternalFields?: boolean;
  readonly MetadataFlag?: number;
  readonly CoverageField?: string;
  readonly RequestId?: string;
}

interface DescribeLogsetsRequest {
  readonly Filters?: readonly Filter[];
  readonly Offset?: number;
  readonly Limit?: number;
}

interface DescribeLogsetsResponse {
  readonly TotalCount?: number;
  readonly Logsets?: readonly LogsetInfo[];
  readonly RequestId?: string;
}

interface DescribeTopicsRequest {
  readonly Filters?: readonly Filter[];
  readonly Offset?: number;
  readonly Limit?: number;
  readonly PreciseSearch?: number;
  readonly BizType?: number;
}

interface DescribeTopicsResponse {
  readonly Topics?: readonly TopicInfo[];
  readonly TotalCount?: number;
  readonly RequestId?: string;
}

interface DynamicIndex {
  readonly Status?: boolean;
}

interface Filter {
  readonly Key: string;
  readonly Values: readonly string[];
}

interface FullTextInfo {
  readonly CaseSensitive: boolean;
  readonly Tokenizer: string;
  readonly ContainZH?: boolean;
}

type GetClsServiceRequest = Readonly<Record<string, never>>;

interface GetClsServiceResponse {
  readonly Status?: number;
  readonly RequestId?: string;
}

interface HighLightItem {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

interface KeyValueInfo {
  readonly Key: string;
  readonly Value: ValueInfo;
}

interface LogInfo {
  readonly Time?: number;
  readonly TopicId?: string;
  readonly TopicName?: string;
  readonly Source?: string;
  readonly FileName?: string;
  readonly PkgId?: string;
  readonly PkgLogId?: string;
  readonly HighLights?: readonly HighLightItem[];
  readonly LogJson?: string;
  readonly HostName?: string;
  readonly RawLog?: string;
  readonly IndexStatus?: string;
}

interface LogItem {
  readonly Key?: string;
  readonly Value?: string;
}

interface LogItems {
  readonly Data: readonly LogItem[];
}

interface LogsetInfo {
  readonly LogsetId?: string;
  readonly LogsetName?: string;
  readonly CreateTime?: string;
  readonly AssumerUin?: number;
  readonly AssumerName?: string;
  readonly Tags?: readonly Tag[];
  readonly TopicCount?: number;
  readonly RoleName?: string;
  readonly MetricTopicCount?: number;
}

interface ModifyIndexRequest {
  readonly TopicId: string;
  readonly Status?: boolean;
  readonly Rule?: RuleInfo;
  readonly IncludeInternalFields?: boolean;
  readonly MetadataFlag?: number;
  readonly CoverageField?: string;
}

interface ModifyIndexResponse {
  readonly RequestId?: string;
}

interface MultiTopicSearchInformation {
  readonly TopicId?: string;
  readonly Context?: string;
}

type OpenClsServiceRequest = Readonly<Record<string, never>>;

interface OpenClsServiceResponse {
  readonly RequestId?: string;
}

interface RuleInfo {
  readonly FullText?: FullTextInfo | null;
  readonly KeyValue?: RuleKeyValueInfo | null;
  readonly Tag?: RuleTagInfo | null;
  readonly DynamicIndex?: DynamicIndex | null;
}

interface RuleKeyValueInfo {
  readonly CaseSensitive: boolean;
  readonly KeyValues?: readonly KeyValueInfo[];
}

interface RuleTagInfo {
  readonly CaseSensitive: boolean;
  readonly KeyValues: readonly KeyValueInfo[];
}

interface SearchLogErrors {
  readonly TopicId?: string;
  readonly ErrorMsg?: string;
  readonly ErrorCodeStr?: string;
}

interface SearchLogInfos {
  readonly TopicId?: string;
  readonly Period?: number;
  readonly Context?: string;
}

interface SearchLogRequest {
  readonly From: number;
  readonly To: number;
  readonly QueryString?: string;
  readonly QuerySyntax?: number;
  readonly TopicId?: string;
  readonly Topics?: readonly MultiTopicSearchInformation[];
  readonly Sort?: string;
  readonly Limit?: number;
  readonly Offset?: number;
  readonly Context?: string;
  readonly SamplingRate?: number;
  readonly UseNewAnalysis?: boolean;
  readonly HighLight?: boolean;
  readonly Query?: string;
  readonly SyntaxRule?: number;
}

interface SearchLogResponse {
  readonly Context?: string;
  readonly ListOver?: boolean;
  readonly Analysis?: boolean;
  readonly Results?: readonly LogInfo[] | null;
  readonly ColNames?: readonly string[] | null;
  readonly AnalysisResults?: readonly LogItems[] | null;
  readonly AnalysisRecords?: readonly string[] | null;
  readonly Columns?: readonly Column[] | null;
  readonly SamplingRate?: number;
  readonly Topics?: SearchLogTopics | null;
  readonly RequestId?: string;
}

interface SearchLogTopics {
  readonly Errors?: readonly SearchLogErrors[];
  readonly Infos?: readonly SearchLogInfos[];
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface TopicExtendInfo {
  readonly AnonymousAccess?: AnonymousInfo | null;
}

interface TopicInfo {
  readonly LogsetId?: string;
  readonly TopicId?: string;
  readonly TopicName?: string;
  readonly PartitionCount?: number;
  readonly Index?: boolean;
  readonly AssumerUin?: number;
  readonly AssumerName?: string;
  readonly CreateTime?: string;
  readonly Status?: boolean;
  readonly Tags?: readonly Tag[];
  readonly RoleName?: string;
  readonly AutoSplit?: boolean;
  readonly MaxSplitPartitions?: number;
  readonly StorageType?: string;
  readonly Period?: number;
  readonly SubAssumerName?: string;
  readonly Describes?: string;
  readonly HotPeriod?: number;
  readonly KeyId?: string;
  readonly CustomKmsInfo?: CustomKmsInfo;
  readonly BizType?: number;
  readonly IsWebTracking?: boolean;
  readonly Extends?: TopicExtendInfo;
  readonly TopicAsyncTaskID?: string;
  readonly MigrationStatus?: number;
  readonly EffectiveDate?: string;
  readonly IsSourceFrom?: boolean;
  readonly BillingMode?: number;
  readonly NewBillingMode?: number;
}

interface ValueInfo {
  readonly Type: string;
  readonly Tokenizer?: string;
  readonly SqlFlag?: boolean;
  readonly ContainZH?: boolean;
  readonly Alias?: string;
  readonly OpenIndexForChildOnly?: boolean;
  readonly ChildNode?: readonly KeyValueInfo[];
}

/** Each action of cls with its request and its response. */
export interface ClsActions {
  readonly CreateIndex: {
    readonly request: CreateIndexRequest;
    readonly response: CreateIndexResponse;
  };
  readonly CreateLogset: {
    readonly request: CreateLogsetRequest;
    readonly response: CreateLogsetResponse;
  };
  readonly CreateTopic: {
    readonly request: CreateTopicRequest;
    readonly response: CreateTopicResponse;
  };
  readonly DescribeIndex: {
    readonly request: DescribeIndexRequest;
    readonly response: DescribeIndexResponse;
  };
  readonly DescribeLogsets: {
    readonly request: DescribeLogsetsRequest;
    readonly response: DescribeLogsetsResponse;
  };
  readonly DescribeTopics: {
    readonly request: DescribeTopicsRequest;
    readonly response: DescribeTopicsResponse;
  };
  readonly GetClsService: {
    readonly request: GetClsServiceRequest;
    readonly response: GetClsServiceResponse;
  };
  readonly ModifyIndex: {
    readonly request: ModifyIndexRequest;
    readonly response: ModifyIndexResponse;
  };
  readonly OpenClsService: {
    readonly request: OpenClsServiceRequest;
    readonly response: OpenClsServiceResponse;
  };
  readonly SearchLog: {
    readonly request: SearchLogRequest;
    readonly response: SearchLogResponse;
  };
}

/** The types behind them, by their names in the SDK. */
export interface ClsTypes {
  readonly AnonymousInfo: AnonymousInfo;
  readonly Column: Column;
  readonly ConditionInfo: ConditionInfo;
  readonly CreateIndexRequest: CreateIndexRequest;
  readonly CreateIndexResponse: CreateIndexResponse;
  readonly CreateLogsetRequest: CreateLogsetRequest;
  readonly CreateLogsetResponse: CreateLogsetResponse;
  readonly CreateTopicRequest: CreateTopicRequest;
  readonly CreateTopicResponse: CreateTopicResponse;
  readonly CustomKmsInfo: CustomKmsInfo;
  readonly DescribeIndexRequest: DescribeIndexRequest;
  readonly DescribeIndexResponse: DescribeIndexResponse;
  readonly DescribeLogsetsRequest: DescribeLogsetsRequest;
  readonly DescribeLogsetsResponse: DescribeLogsetsResponse;
  readonly DescribeTopicsRequest: DescribeTopicsRequest;
  readonly DescribeTopicsResponse: DescribeTopicsResponse;
  readonly DynamicIndex: DynamicIndex;
  readonly Filter: Filter;
  readonly FullTextInfo: FullTextInfo;
  readonly GetClsServiceRequest: GetClsServiceRequest;
  readonly GetClsServiceResponse: GetClsServiceResponse;
  readonly HighLightItem: HighLightItem;
  readonly KeyValueInfo: KeyValueInfo;
  readonly LogInfo: LogInfo;
  readonly LogItem: LogItem;
  readonly LogItems: LogItems;
  readonly LogsetInfo: LogsetInfo;
  readonly ModifyIndexRequest: ModifyIndexRequest;
  readonly ModifyIndexResponse: ModifyIndexResponse;
  readonly MultiTopicSearchInformation: MultiTopicSearchInformation;
  readonly OpenClsServiceRequest: OpenClsServiceRequest;
  readonly OpenClsServiceResponse: OpenClsServiceResponse;
  readonly RuleInfo: RuleInfo;
  readonly RuleKeyValueInfo: RuleKeyValueInfo;
  readonly RuleTagInfo: RuleTagInfo;
  readonly SearchLogErrors: SearchLogErrors;
  readonly SearchLogInfos: SearchLogInfos;
  readonly SearchLogRequest: SearchLogRequest;
  readonly SearchLogResponse: SearchLogResponse;
  readonly SearchLogTopics: SearchLogTopics;
  readonly Tag: Tag;
  readonly TopicExtendInfo: TopicExtendInfo;
  readonly TopicInfo: TopicInfo;
  readonly ValueInfo: ValueInfo;
}
