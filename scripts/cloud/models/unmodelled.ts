/**
 * Actions that the SDK has no model of and its generic client calls. Each shape is taken from the
 * source that is named with it; a field that stands here is one that the source shows.
 */

/** What CloudBase's own tools call of the API of functions (@cloudbase/cli 2.11.3, 2.12.10). */
export interface ScfUnmodelled {
  readonly BatchCreateTrigger: {
    readonly request: {
      readonly FunctionName: string;
      readonly Namespace?: string;
      /** JSON: a list of `{TriggerName, Type, TriggerDesc}`. */
      readonly Triggers: string;
      readonly Count?: number;
    };
    readonly response: Readonly<Record<string, unknown>>;
  };
  /** A place in COS for one package, with a signature for it. */
  readonly GetTempCosInfo: {
    readonly request: { readonly ObjectPath: string };
    readonly response: Readonly<Record<string, unknown>>;
  };
}

/**
 * Parameters that @cloudbase/cli sends (2.11.3, 2.12.10) beside those of the SDK's model: a mark
 * of CloudBase's functions, and the place of a package in COS outside of `Code`.
 */
export interface SeenParameters {
  readonly scf: {
    readonly CreateFunction: { readonly Stamp?: string };
    readonly UpdateFunctionConfiguration: { readonly Stamp?: string };
    readonly UpdateFunctionCode: { readonly TempCosObjectName?: string };
  };
}

interface GatewayApi {
  readonly ServiceId: string;
  readonly APIId?: string;
  readonly Path: string;
  /** 1: a function. */
  readonly Type: number;
  readonly Name: string;
  readonly AuthSwitch?: number;
}

interface TaskId {
  readonly EnvId: string;
  readonly TaskId: string;
}

/**
 * HTTP access as CloudBase's own tools call it (@cloudbase/cli 2.11.3), the rules of resources
 * (@cloudbase/manager-node 5.6.5), pg_doc (cloud.tencent.com/document/product/876/140402), and the
 * result of a task (named in the model of PushPGUserMigrations).
 */
export interface TcbUnmodelled {
  readonly DescribeCloudBaseGWService: {
    readonly request: { readonly ServiceId: string; readonly Domain?: string };
    readonly response: {
      readonly ServiceSet?: readonly object[] | null;
      readonly DefaultDomain?: string;
      readonly EnableService?: boolean;
    };
  };
  readonly DescribeCloudBaseGWAPI: {
    readonly request: {
      readonly ServiceId: string;
      readonly Path?: string;
      readonly Name?: string;
      readonly APIId?: string;
      readonly Offset?: number;
      readonly Limit?: number;
    };
    readonly response: {
      readonly APISet?: readonly GatewayApi[] | null;
      readonly EnableService?: boolean;
      readonly Total?: number;
    };
  };
  readonly CreateCloudBaseGWAPI: {
    readonly request: {
      readonly ServiceId: string;
      readonly Path: string;
      readonly Type: number;
      readonly Name: string;
      readonly AuthSwitch?: number;
    };
    readonly response: { readonly APIId?: string };
  };
  readonly DeleteCloudBaseGWAPI: {
    readonly request: {
      readonly ServiceId: string;
      readonly Path?: string;
      readonly APIId?: string;
      readonly Name?: string;
      readonly Type?: number;
    };
    readonly response: Readonly<Record<string, unknown>>;
  };
  readonly DescribeTcbAccountInfo: {
    readonly request: Readonly<Record<string, never>>;
    readonly response: {
      readonly AppId?: string;
      readonly CloudAppId?: string;
      readonly Uin?: string;
    };
  };
  readonly EnablePGDocumentExt: {
    readonly request: { readonly EnvId: string };
    readonly response: Readonly<Record<string, unknown>>;
  };
  readonly DescribeSecurityRule: {
    readonly request: { readonly EnvId: string; readonly ResourceType: string };
    readonly response: { readonly AclTag?: string; readonly Rule?: string };
  };
  readonly ModifySecurityRule: {
    readonly request: {
      readonly EnvId: string;
      readonly ResourceType: string;
      readonly AclTag: string;
      readonly Rule: string;
    };
    readonly response: Readonly<Record<string, unknown>>;
  };
  /** `authz.user.rego`: the policy of an environment in Rego (@cloudbase/manager-node 5.6.5). */
  readonly DescribeEnvConfig: {
    readonly request: { readonly EnvId: string; readonly Key: string };
    readonly response: {
      readonly Item?: { readonly Key?: string; readonly Value?: string } | null;
    };
  };
  readonly ModifyEnvConfig: {
    readonly request: { readonly EnvId: string; readonly Key: string; readonly Value: string };
    readonly response: { readonly AffectedRows?: number };
  };
  readonly DescribeTaskResult: {
    readonly request: TaskId;
    readonly response: {
      readonly Status?: 'Accepted' | 'Running' | 'Succeed' | 'Failed';
      readonly Phase?: string;
      readonly Reason?: string;
    };
  };
}
