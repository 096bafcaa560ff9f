import * as v from 'valibot';
import type { Cloud } from '../cloud/cloud.ts';
import type { Environment } from '../cloud/environments.ts';
import { CloudError } from '../cloud/error.ts';
import { action, type Service } from './action.ts';
import { databaseActions } from './tcb-database.ts';
import { logActions } from './tcb-logs.ts';
import { postgresActions } from './tcb-postgres.ts';
import { ruleActions } from './tcb-rules.ts';

const text = v.exactOptional(v.string());

/** Environments and their HTTP access. https://cloud.tencent.com/document/api/876/34809 */
export const tcb: Service = {
  version: '2018-06-08',
  actions: {
    DescribeEnvs: action(
      {
        EnvId: text,
        IsVisible: v.exactOptional(v.boolean()),
        Channels: v.exactOptional(v.array(v.string())),
        Limit: v.exactOptional(v.number()),
        Offset: v.exactOptional(v.number()),
      },
      (cloud, { EnvId }, { region }) => {
        const EnvList = cloud.environments
          .list()
          .filter(({ envId }) => EnvId === undefined || envId === EnvId)
          .map((environment) => describe(cloud, environment, region));
        return { EnvList, Total: EnvList.length };
      },
    ),
    CreateCloudBaseGWAPI: action(
      {
        ServiceId: v.string(),
        Path: v.pipe(v.string(), v.regex(/^\/[\w/-]*$/)),
        Type: v.literal(1),
        Name: v.string(),
        AuthSwitch: v.picklist([1, 2]),
      },
      async (cloud, { ServiceId, Path, Name }) => {
        const { routes } = cloud.environments.get(ServiceId);
        if (routes.some(({ path }) => path === Path)) {
          throw new CloudError('InvalidParameter.APICreated', `${Path} is taken.`);
        }
        cloud.environments.addRoute(ServiceId, { path: Path, functionName: Name });
        await cloud.functions.route({ Namespace: ServiceId, FunctionName: Name }, Path);
        return { APIId: `api-${routes.length}` };
      },
    ),
    DescribeCloudBaseGWAPI: action(
      { ServiceId: v.string(), Path: text, Name: text, Offset: v.exactOptional(v.number()) },
      (cloud, { ServiceId, Name, Path }) => {
        const found = cloud.environments
          .get(ServiceId)
          .routes.filter(({ functionName }) => Name === undefined || functionName === Name)
          .filter(({ path }) => Path === undefined || path === Path);
        return {
          APISet: found.map(({ path, functionName }) => ({
            ServiceId,
            Path: path,
            Type: 1,
            Name: functionName,
            AuthSwitch: 2,
          })),
          EnableService: true,
          Total: found.length,
        };
      },
    ),
    DeleteCloudBaseGWAPI: action(
      {
        ServiceId: v.string(),
        Path: text,
        APIId: text,
        Name: text,
        Type: v.exactOptional(v.literal(1)),
      },
      async (cloud, { ServiceId, Name, Path }) => {
        const gone = cloud.environments.removeRoutes(
          ServiceId,
          (route) => route.functionName === Name || route.path === Path,
        );
        for (const { functionName } of gone) {
          await cloud.functions.route(
            { Namespace: ServiceId, FunctionName: functionName },
            undefined,
          );
        }
        return {};
      },
    ),
    DescribeCloudBaseGWService: action(
      { ServiceId: v.string() },
      (cloud, { ServiceId }, caller) => {
        cloud.environments.get(ServiceId);
        return {
          ServiceSet: [],
          DefaultDomain: `${ServiceId}.${caller.region}.app.tcloudbase.com`,
          EnableService: true,
        };
      },
    ),
    ...databaseActions,
    ...ruleActions,
    ...logActions,
    ...postgresActions,
  },
};

function describe({ account }: Cloud, environment: Environment, Region: string): object {
  const { envId: EnvId, kind } = environment;
  const isPostgres = kind !== 'documents';
  return {
    EnvId,
    Alias: EnvId,
    Status: 'NORMAL',
    Source: 'qcloud',
    EnvChannel: 'qc_console',
    PayMode: 'prepayment',
    PackageId: 'baas_personal',
    PackageName: 'emulated',
    Region,
    IsAutoDegrade: false,
    IsDefault: false,
    CreateTime: '2026-01-01 00:00:00',
    UpdateTime: '2026-01-01 00:00:00',
    Functions: [{ Namespace: EnvId, Region }],
    Storages: [
      { Region, Bucket: `${EnvId}-${account.appid}`, CdnDomain: '', AppId: account.appid },
    ],
    Databases: isPostgres ? [] : [{ InstanceId: `tnt-${EnvId}`, Status: 'RUNNING', Region }],
    PostgreSQL: isPostgres ? [{ Name: EnvId, InstanceName: `pg-${EnvId}`, Status: 1, Region }] : [],
    LogServices: [
      {
        LogsetName: EnvId,
        LogsetId: 'logset-1',
        TopicName: EnvId,
        TopicId: 'topic-1',
        Region,
        Period: 7,
      },
    ],
    StaticStorages: [],
  };
}
