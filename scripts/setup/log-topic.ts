import type { CloudApi } from '../cloud/api.ts';
import type { Names } from './names.ts';

/** CLS says 0 if the service is open. */
const OPEN = 0;
const DAYS_KEPT = 30;

export interface LogPlace {
  readonly logsetId: string;
  readonly topicId: string;
  readonly isSearchable: boolean;
}

export async function isLogServiceOpen(api: CloudApi): Promise<boolean> {
  const { Status } = await api('cls', 'GetClsService', {});
  return Status === OPEN;
}

/** The topic of a stage; undefined if there is none. */
export async function findLogPlace(api: CloudApi, names: Names): Promise<LogPlace | undefined> {
  const { Topics } = await api('cls', 'DescribeTopics', {
    Filters: [{ Key: 'topicName', Values: [names.topic] }],
    Limit: 20,
  });
  // A filter by name finds longer names too.
  const found = Topics?.find(({ TopicName }) => TopicName === names.topic);
  if (!found?.TopicId || !found.LogsetId) return undefined;
  const { TopicId: topicId, LogsetId: logsetId, Index } = found;
  return { topicId, logsetId, isSearchable: Index === true };
}

/** Makes what is missing of the topic. */
export async function makeLogPlace(
  api: CloudApi,
  names: Names,
  found: LogPlace | undefined,
): Promise<LogPlace> {
  const place = found ?? (await makeTopic(api, names));
  if (place.isSearchable) return place;
  await api('cls', 'CreateIndex', {
    TopicId: place.topicId,
    Rule: { FullText: { CaseSensitive: false, Tokenizer: ' ,:;{}[]()"=\n\t\r', ContainZH: true } },
    Status: true,
  });
  return { ...place, isSearchable: true };
}

async function makeTopic(api: CloudApi, names: Names): Promise<LogPlace> {
  const { Logsets } = await api('cls', 'DescribeLogsets', {
    Filters: [{ Key: 'logsetName', Values: [names.logset] }],
    Limit: 20,
  });
  const known = Logsets?.find(({ LogsetName }) => LogsetName === names.logset)?.LogsetId;
  const logsetId =
    known ?? (await api('cls', 'CreateLogset', { LogsetName: names.logset })).LogsetId ?? '';
  const { TopicId = '' } = await api('cls', 'CreateTopic', {
    LogsetId: logsetId,
    TopicName: names.topic,
    Period: DAYS_KEPT,
  });
  return { logsetId, topicId: TopicId, isSearchable: false };
}
