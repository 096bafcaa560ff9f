import * as v from 'valibot';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';
import { action } from './action.ts';
import { service } from './conformance.ts';

const page = { Offset: v.optional(v.number(), 0), Limit: v.optional(v.number(), 20) };
const filters = v.optional(
  v.array(v.strictObject({ Key: v.string(), Values: v.array(v.string()) })),
  [],
);
const unknownRule = v.record(v.string(), v.unknown());

/** The log service. https://cloud.tencent.com/document/api/614/56479 */
export const cls = service<'cls'>()('2020-10-16', {
  // 0: open, 1: not.
  GetClsService: action({}, ({ logs }) => ({ Status: logs.isOpen ? 0 : 1 })),
  OpenClsService: action({}, ({ logs }) => {
    logs.isOpen = true;
    return {};
  }),
  CreateLogset: action({ LogsetName: v.string() }, ({ logs }, { LogsetName }) => {
    logs.demandOpen();
    return { LogsetId: logs.addLogset(LogsetName) };
  }),
  DescribeLogsets: action({ Filters: filters, ...page }, ({ logs }, { Filters, Offset, Limit }) => {
    logs.demandOpen();
    const found = [...logs.logsets].filter(([, name]) => fits(Filters, 'logsetName', name));
    return {
      TotalCount: found.length,
      Logsets: found
        .slice(Offset, Offset + Limit)
        .map(([LogsetId, LogsetName]) => ({ LogsetId, LogsetName })),
    };
  }),
  CreateTopic: action(
    { LogsetId: v.string(), TopicName: v.string(), Period: v.exactOptional(v.number()) },
    ({ logs }, { LogsetId, TopicName }) => {
      logs.demandOpen();
      return { TopicId: logs.addTopic(LogsetId, TopicName) };
    },
  ),
  DescribeTopics: action({ Filters: filters, ...page }, ({ logs }, { Filters, Offset, Limit }) => {
    logs.demandOpen();
    const found = [...logs.topics.values()].filter(
      ({ id, name, logset }) =>
        fits(Filters, 'topicName', name) &&
        fits(Filters, 'topicId', id) &&
        fits(Filters, 'logsetId', logset),
    );
    return {
      TotalCount: found.length,
      Topics: found.slice(Offset, Offset + Limit).map(({ id, name, logset, hasIndex }) => ({
        TopicId: id,
        TopicName: name,
        LogsetId: logset,
        Index: hasIndex,
      })),
    };
  }),
  CreateIndex: action(
    { TopicId: v.string(), Rule: unknownRule, Status: v.optional(v.boolean(), true) },
    (cloud, { TopicId, Status }) => {
      topicOf(cloud, TopicId).hasIndex = Status;
      return {};
    },
  ),
  SearchLog: action(
    {
      TopicId: v.string(),
      From: v.number(),
      To: v.number(),
      Query: v.exactOptional(v.string()),
      Limit: v.optional(v.number(), 100),
      Sort: v.optional(v.picklist(['asc', 'desc']), 'desc'),
      Context: v.optional(v.string(), ''),
    },
    (cloud, { TopicId, From, To, Limit, Sort, Context }) => {
      if (!topicOf(cloud, TopicId).hasIndex) {
        throw new CloudError('FailedOperation.TopicNoIndex', 'The topic has no index.');
      }
      const { found, next } = pageOf(cloud, { topic: TopicId, From, To, Limit, Sort, Context });
      return {
        Context: next,
        ListOver: next === '',
        Analysis: false,
        Results: found.map(({ at, fields }) => ({
          Time: at,
          TopicId,
          LogJson: JSON.stringify(fields),
        })),
      };
    },
  ),
});

interface Search {
  readonly topic: string;
  readonly From: number;
  readonly To: number;
  readonly Limit: number;
  readonly Sort: 'asc' | 'desc';
  readonly Context: string;
}

/** A part of what a topic holds; the context says where the next one begins. */
export function pageOf({ logs }: Cloud, { topic, From, To, Limit, Sort, Context }: Search) {
  const all = logs.lines.filter((line) => line.topic === topic && line.at >= From && line.at <= To);
  if (Sort === 'desc') all.reverse();
  const start = Number(Context || 0);
  const end = start + Limit;
  return { found: all.slice(start, end), next: end < all.length ? String(end) : '' };
}

function topicOf({ logs }: Cloud, id: string) {
  logs.demandOpen();
  const found = logs.topics.get(id);
  if (!found) throw new CloudError('ResourceNotFound.TopicNotExist', 'There is no such topic.');
  return found;
}

function fits(
  filters: readonly { readonly Key: string; readonly Values: readonly string[] }[],
  key: string,
  value: string,
): boolean {
  return filters.every(({ Key, Values }) => Key !== key || Values.includes(value));
}
