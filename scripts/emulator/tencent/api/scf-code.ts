import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { TEMPORARY } from '../cloud/bucket.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { Ending } from '../cloud/conditions.ts';
import { CloudError } from '../cloud/error.ts';
import { type Policy, trusts } from '../cloud/policy.ts';
import { action } from './action.ts';
import { functionId, handler, runtime, settings } from './scf-parameters.ts';

const source = {
  CosBucketName: v.optional(v.string()),
  CosObjectName: v.optional(v.string()),
  CosBucketRegion: v.optional(v.string()),
  /** In the bucket that GetTempCosInfo lends. */
  TempCosObjectName: v.optional(v.string()),
  /** Base64. */
  ZipFile: v.optional(v.string()),
};

/** What CloudBase's tools say besides; the emulator installs nothing. */
const cloudbase = {
  Stamp: v.exactOptional(v.literal('MINI_QCBASE')),
  ClsTopicId: v.exactOptional(v.string()),
  ClsLogsetId: v.exactOptional(v.string()),
  InstallDependency: v.exactOptional(v.literal('FALSE')),
};

const yesOrNo = v.picklist(['TRUE', 'FALSE']);
const layers = v.exactOptional(
  v.array(v.strictObject({ LayerName: v.string(), LayerVersion: v.number() })),
);
const publish = v.exactOptional(yesOrNo);

/** Making, changing and removing functions. */
export const codeActions = {
  CreateFunction: action(
    {
      ...functionId,
      ...settings,
      Code: v.strictObject(source),
      Handler: handler,
      Runtime: runtime,
      Type: v.optional(v.picklist(['Event', 'HTTP']), 'Event'),
      ...cloudbase,
      Layers: layers,
      // Where no topic is named, the platform's own is used in any case.
      AutoCreateClsTopic: v.exactOptional(yesOrNo),
      AutoDeployClsTopicIndex: v.exactOptional(yesOrNo),
      Tags: v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() })), []),
    },
    async (cloud, { Code, Tags, ...parameters }, { region }) => {
      const { Stamp, InstallDependency, Layers, ...rest } = parameters;
      const { AutoCreateClsTopic, AutoDeployClsTopicIndex, ...settings } = rest;
      demandUsable(cloud, settings);
      demandLayers(Layers);
      if (!cloud.logs.isOpen) cloud.conditions.endIn(withoutLogs(parameters.FunctionName));
      await cloud.functions.create({
        Description: '',
        MemorySize: 128,
        Timeout: 3,
        InitTimeout: 65,
        Role: '',
        Environment: { Variables: [] },
        VpcConfig: { VpcId: '', SubnetId: '' },
        PublicNetConfig: { PublicNetStatus: 'ENABLE', EipConfig: { EipStatus: 'DISABLE' } },
        ClsLogsetId: '',
        ClsTopicId: '',
        ...settings,
        Region: region,
        AsyncTriggerConfig: { RetryConfig: [{ RetryNum: 2 }], MsgTTL: 21_600 },
        ReservedMem: undefined,
        Tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
        code: zipOf(cloud, Code),
      });
      return {};
    },
  ),
  UpdateFunctionCode: action(
    {
      ...functionId,
      ...source,
      Handler: v.optional(handler),
      /** The same in another place. */
      Code: v.exactOptional(v.strictObject(source)),
      InstallDependency: cloudbase.InstallDependency,
      Publish: publish,
    },
    async (cloud, { Handler, FunctionName, Namespace, Code, ...parameters }) => {
      const { InstallDependency, Publish, ...source } = parameters;
      cloud.conditions.demandPaid();
      demandNoVersion(Publish);
      await cloud.functions.change(
        { FunctionName, Namespace },
        { code: zipOf(cloud, Code ?? source), ...(Handler === undefined ? {} : { Handler }) },
      );
      return {};
    },
  ),
  UpdateFunctionConfiguration: action(
    {
      ...functionId,
      ...settings,
      ...cloudbase,
      Layers: layers,
      Publish: publish,
      Runtime: v.exactOptional(runtime),
    },
    async (cloud, { FunctionName, Namespace, Runtime, ...parameters }) => {
      const { Stamp, InstallDependency, Layers, Publish, ...changes } = parameters;
      demandLayers(Layers);
      demandNoVersion(Publish);
      const before = cloud.functions.get({ FunctionName, Namespace });
      demandUsable(cloud, changes);
      if (Runtime !== undefined && Runtime !== before.Runtime) {
        throw new CloudError('InvalidParameterValue.Runtime', 'A runtime cannot be changed.');
      }
      await cloud.functions.change({ FunctionName, Namespace }, changes);
      return {};
    },
  ),
  /** Lends a place in a bucket of Tencent's own, with a signature that is good for it. */
  GetTempCosInfo: action({ ObjectPath: v.string() }, ({ buckets, now }, { ObjectPath }) => {
    // The form of COS's first API: the fields behind a digest of them, in base64.
    const fields = `a=1253665819&k=AKIDlent&e=${now() / 1000 + 600}&t=${now() / 1000}&r=1&f=/${ObjectPath}&b=tempcos`;
    const digest = createHash('sha1').update(fields).digest();
    const Sign = Buffer.concat([digest, Buffer.from(fields)]).toString('base64');
    buckets.lentSignatures.add(Sign);
    return { Date: new Date(now()).toISOString().slice(0, 10), Sign };
  }),
  DeleteFunction: action(functionId, async (cloud, id) => {
    await cloud.functions.remove(id);
    return {};
  }),
};

/** SCF's limit of all names and values together. */
const VARIABLES_BYTES = 4096;

interface Usable {
  readonly Role?: string;
  readonly Environment?: {
    readonly Variables: readonly { readonly Key: string; readonly Value: string }[];
  };
}

/** @throws CloudError if the account cannot have a function like this, or none at all. */
function demandUsable({ access, conditions }: Cloud, { Role, Environment }: Usable): void {
  conditions.demandCreatable();
  conditions.demandPaid();
  const role = Role ? access.roles.get(Role) : undefined;
  if (Role && !role) {
    throw new CloudError('ResourceNotFound.Role', `There is no role ${Role}.`);
  }
  if (role && !trusts(JSON.parse(role.document) as Policy, 'scf.qcloud.com')) {
    throw new CloudError('InvalidParameter.RoleCheck', `SCF may not take the role ${Role}.`);
  }
  const bytes = (Environment?.Variables ?? []).reduce(
    (sum, { Key, Value }) => sum + Buffer.byteLength(Key) + Buffer.byteLength(Value),
    0,
  );
  if (bytes > VARIABLES_BYTES) {
    const code = 'InvalidParameterValue.EnvironmentExceededLimit';
    throw new CloudError(code, `The variables have ${bytes} bytes.`);
  }
}

/** @throws CloudError for a layer: this account has none. */
function demandLayers(wanted: v.InferOutput<typeof layers> = []): void {
  const [first] = wanted;
  if (!first) return;
  const { LayerName, LayerVersion } = first;
  throw new CloudError(
    'ResourceNotFound.LayerVersion',
    `There is no version ${LayerVersion} of a layer ${LayerName}.`,
  );
}

/** @throws CloudError if a version is to be published, which is not emulated. */
function demandNoVersion(publish: 'TRUE' | 'FALSE' = 'FALSE'): void {
  if (publish === 'FALSE') return;
  throw new CloudError('UnsupportedOperation', 'Versions of functions are not emulated.');
}

/** An account that never opened the log service gets a function that never becomes active. */
function withoutLogs(FunctionName: string): Ending {
  return {
    FunctionName,
    Status: 'CreateFailed',
    ErrorCode: 'FailedOperation.UnOpenedService',
    ErrorMessage: 'The log service CLS is not open.',
  };
}

/** @throws CloudError if the package is not where the parameters say. */
function zipOf(
  { account, buckets }: Cloud,
  {
    CosBucketName,
    CosObjectName,
    TempCosObjectName,
    ZipFile,
  }: v.InferOutput<v.StrictObjectSchema<typeof source, undefined>>,
): Buffer {
  if (ZipFile !== undefined) return Buffer.from(ZipFile, 'base64');
  const name = TempCosObjectName ?? CosObjectName ?? '';
  const key = name.replace(/^\//, '');
  const found =
    TempCosObjectName === undefined
      ? buckets.get(`${CosBucketName}-${account.appid}`, key)
      : buckets.all().find((each) => TEMPORARY.test(each.bucket) && each.key === key)?.body;
  if (!found) throw new CloudError('InvalidParameterValue.CosObjectName', `No ${name} in COS.`);
  return found;
}
