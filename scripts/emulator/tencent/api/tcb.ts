import * as v from 'valibot';
import type { Cloud } from '../cloud/cloud.ts';
import type { Environment } from '../cloud/environments.ts';
import { action } from './action.ts';
import { service } from './conformance.ts';
import { accountActions } from './tcb-account.ts';
import { databaseActions } from './tcb-database.ts';
import { gatewayActions } from './tcb-gateway.ts';
import { httpAccessActions } from './tcb-http-access.ts';
import { logActions } from './tcb-logs.ts';
import { postgresActions } from './tcb-postgres.ts';
import { ruleActions } from './tcb-rules.ts';

const text = v.exactOptional(v.string());

/** Environments and their HTTP access. https://cloud.tencent.com/document/api/876/34809 */
export const tcb = service<'tcb'>()('2018-06-08', {
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
        .filter((each) => each.region === region)
        .filter(({ envId }) => EnvId === undefined || envId === EnvId)
        .map((environment) => describe(cloud, environment, region));
      return { EnvList, Total: EnvList.length };
    },
  ),
  ...httpAccessActions,
  ...gatewayActions,
  ...accountActions,
  ...databaseActions,
  ...ruleActions,
  ...logActions,
  ...postgresActions,
});

function describe({ account }: Cloud, environment: Environment, Region: string) {
  const { envId: EnvId, kind, source } = environment;
  const isPostgres = kind !== 'documents';
  return {
    EnvId,
    Alias: EnvId,
    Status: 'NORMAL',
    Source: source,
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
