import { setTimeout as delay } from 'node:timers/promises';
import type { CloudApi } from '../cloud/api.ts';
import { findDeployed } from '../cloud/deployed-function.ts';
import type { Line } from './pretty.ts';

const POLL_MS = 3_000;

/** CLS indexes a line some seconds after it was written, so each search goes back this far again. */
const LATE_MS = 15_000;

const PAGE = 100;

/** The place of a deployment's logs: a topic of CLS, or the logs of a CloudBase environment. */
export type LogSource = { readonly topicId: string } | { readonly envId: string };

export interface DeployedOptions {
  readonly api: CloudApi;
  readonly source: LogSource;
  /** Of serverless.yml. */
  readonly service: string;
  readonly stage: string;
  readonly sinceMs: number;
  readonly last: number;
  readonly follow: boolean;
}

interface Found extends Line {
  /** Equal for the same line in two answers. */
  readonly key: string;
}

/**
 * Where the functions of a stage write: on SCF to the topic that the deployed worker has, else to the
 * one of the settings; in CloudBase to the logs of the environment.
 *
 * @throws Error if nothing is deployed, or it writes to no topic that can be found
 */
export async function findSource(
  api: CloudApi,
  named: {
    readonly service: string;
    readonly stage: string;
    /** Of the settings, where SCF does not tell. */
    readonly topicId: string | undefined;
    readonly envId: string | undefined;
  },
): Promise<LogSource> {
  const { Namespace, topicId = named.topicId } = await findDeployed(api, 'worker', named);
  if (Namespace !== 'default') return { envId: Namespace };
  if (topicId) return { topicId };
  throw new Error(
    'SCF does not say which topic the functions write to: name it with --topic or in CLS_TOPIC_ID, or let `npm run setup` make one and deploy.',
  );
}

/**
 * Reads the lines of deployed functions from Tencent's log service: with `SearchLog` of CLS, or with
 * `SearchClsLog` of CloudBase. Functions of other services and stages, which may share a topic, are
 * left out, and ours have their short names.
 *
 * https://cloud.tencent.com/document/api/614/56447
 * https://cloud.tencent.com/document/product/876/128127
 *
 * @throws CloudApiError
 */
export async function* deployedLines(options: DeployedOptions): AsyncGenerator<Line> {
  const { follow, sinceMs, last } = options;
  let from = Date.now() - sinceMs;
  let seen: Set<string> | undefined;
  for (;;) {
    const to = Date.now();
    const found = (await search(options, from, to)).flatMap((line) => ofStage(line, options));
    const fresh = found.filter(({ key }) => !seen?.has(key)).sort((a, b) => a.at - b.at);
    yield* seen ? fresh : fresh.slice(-last);
    if (!follow) return;
    seen = new Set(found.map(({ key }) => key));
    from = to - LATE_MS;
    await delay(POLL_MS);
  }
}

/** `fuwuhao-prod-worker` is the worker of prod; an environment holds the functions of one stage alone. */
function ofStage(line: Found, { source, service, stage }: DeployedOptions): Found[] {
  if ('envId' in source) return [line];
  const prefix = `${service}-${stage}-`;
  return line.function.startsWith(prefix)
    ? [{ ...line, function: line.function.slice(prefix.length) }]
    : [];
}

async function search(options: DeployedOptions, from: number, to: number): Promise<Found[]> {
  const found: Found[] = [];
  for (let context = ''; ; ) {
    const page = await ('topicId' in options.source
      ? searchTopic(options.api, options.source.topicId, from, to, context)
      : searchEnvironment(options.api, options.source.envId, from, to, context));
    found.push(...page.lines);
    context = page.context;
    if (page.isLast || page.lines.length === 0) return found;
  }
}

interface Page {
  readonly lines: Found[];
  readonly context: string;
  readonly isLast: boolean;
}

async function searchTopic(
  api: CloudApi,
  TopicId: string,
  From: number,
  To: number,
  Context: string,
): Promise<Page> {
  const answer = await api('cls', 'SearchLog', {
    TopicId,
    From,
    To,
    Query: '*',
    Limit: PAGE,
    Sort: 'asc',
    Context,
  });
  const { Results, ListOver, Context: next } = answer;
  const lines = (Results ?? []).flatMap(({ Time = 0, LogJson = '{}' }) =>
    lineOf(JSON.parse(LogJson), Time),
  );
  return { lines, context: next ?? '', isLast: ListOver ?? true };
}

async function searchEnvironment(
  api: CloudApi,
  EnvId: string,
  from: number,
  to: number,
  Context: string,
): Promise<Page> {
  const { LogResults } = await api('tcb', 'SearchClsLog', {
    EnvId,
    StartTime: beijingTime(from),
    EndTime: beijingTime(to),
    QueryString: 'src:app',
    Limit: PAGE,
    Sort: 'asc',
    Context,
  });
  const { Results, ListOver, Context: next } = LogResults ?? {};
  const lines = (Results ?? []).flatMap(({ Timestamp = '', Content = '{}' }) =>
    lineOf(JSON.parse(Content), Date.parse(`${Timestamp.replace(' ', 'T')}+08:00`)),
  );
  return { lines, context: next ?? '', isLast: ListOver ?? true };
}

/** SCF and CloudBase write the same fields beside a line, under different names. */
function lineOf(fields: Readonly<Record<string, unknown>>, at: number): Found[] {
  const text = fields.SCF_Message ?? fields.log;
  if (typeof text !== 'string' || text.trim() === '') return [];
  const name = String(fields.SCF_FunctionName ?? fields.function_name ?? '?');
  const requestId = String(fields.SCF_RequestId ?? fields.request_id ?? '');
  return text
    .trimEnd()
    .split('\n')
    .map((line, i) => ({ function: name, at, text: line, key: `${requestId} ${at} ${i} ${line}` }));
}

/** The time as in 2026-01-31 08:00:00. */
function beijingTime(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
