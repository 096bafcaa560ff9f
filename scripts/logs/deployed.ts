import { setTimeout as delay } from 'node:timers/promises';
import { signedHeaders } from '../../shared/app/wake/tc3.ts';
import type { Credentials } from '../../shared/store/credentials.ts';
import type { Line } from './pretty.ts';

const POLL_MS = 3_000;

/** CLS indexes a line some seconds after it was written, so each search goes back this far again. */
const LATE_MS = 15_000;

const PAGE = 100;

/** The place of a deployment's logs: a topic of CLS, or the logs of a CloudBase environment. */
export type Place = { readonly topicId: string } | { readonly envId: string };

export interface DeployedOptions {
  readonly place: Place;
  readonly credentials: Credentials;
  readonly region: string;
  readonly sinceMs: number;
  readonly follow: boolean;
  /** The address of a test's server, in place of the service's own. */
  readonly url?: string | undefined;
}

interface Found extends Line {
  /** Equal for the same line in two answers. */
  readonly key: string;
}

/**
 * Reads the lines of deployed functions from Tencent's log service: with `SearchLog` of CLS, or with
 * `SearchClsLog` of CloudBase.
 *
 * https://cloud.tencent.com/document/api/614/56447
 * https://cloud.tencent.com/document/product/876/128127
 *
 * @throws Error with the service's own code and message
 */
export async function* deployedLines(options: DeployedOptions): AsyncGenerator<Line> {
  const { follow, sinceMs } = options;
  let from = Date.now() - sinceMs;
  let seen = new Set<string>();
  for (;;) {
    const to = Date.now();
    const found = await search(options, from, to);
    const fresh = found.filter(({ key }) => !seen.has(key)).sort((a, b) => a.at - b.at);
    yield* fresh;
    if (!follow) return;
    seen = new Set(found.map(({ key }) => key));
    from = to - LATE_MS;
    await delay(POLL_MS);
  }
}

async function search(options: DeployedOptions, from: number, to: number): Promise<Found[]> {
  const found: Found[] = [];
  for (let context = ''; ; ) {
    const page = await ('topicId' in options.place
      ? searchTopic(options, options.place.topicId, from, to, context)
      : searchEnvironment(options, options.place.envId, from, to, context));
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
  options: DeployedOptions,
  TopicId: string,
  From: number,
  To: number,
  Context: string,
): Promise<Page> {
  const body = { TopicId, From, To, Query: '*', Limit: PAGE, Sort: 'asc', Context };
  const {
    Results = [],
    ListOver = true,
    Context: next = '',
  } = await call<{
    Results?: { Time: number; LogJson: string }[];
    ListOver?: boolean;
    Context?: string;
  }>(options, { service: 'cls', action: 'SearchLog', version: '2020-10-16', body });
  const lines = Results.flatMap(({ Time, LogJson }) => lineOf(JSON.parse(LogJson), Time));
  return { lines, context: next, isLast: ListOver };
}

async function searchEnvironment(
  options: DeployedOptions,
  EnvId: string,
  from: number,
  to: number,
  Context: string,
): Promise<Page> {
  const [StartTime, EndTime] = [beijingTime(from), beijingTime(to)];
  const body = {
    EnvId,
    StartTime,
    EndTime,
    QueryString: 'src:app',
    Limit: PAGE,
    Sort: 'asc',
    Context,
  };
  const { LogResults: { Results = [], ListOver = true, Context: next = '' } = {} } = await call<{
    LogResults?: {
      Results?: { Timestamp: string; Content: string }[];
      ListOver?: boolean;
      Context?: string;
    };
  }>(options, { service: 'tcb', action: 'SearchClsLog', version: '2018-06-08', body });
  const lines = Results.flatMap(({ Timestamp, Content }) =>
    lineOf(JSON.parse(Content), Date.parse(`${Timestamp.replace(' ', 'T')}+08:00`)),
  );
  return { lines, context: next, isLast: ListOver };
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

interface Call {
  readonly service: string;
  readonly action: string;
  readonly version: string;
  readonly body: object;
}

async function call<Answer>(options: DeployedOptions, { body, ...named }: Call): Promise<Answer> {
  const { credentials, region } = options;
  const url = new URL(options.url ?? `https://${named.service}.tencentcloudapi.com/`);
  const text = JSON.stringify(body);
  const request = { url, ...named, region, body: text, now: Date.now() };
  const { host: _, ...headers } = signedHeaders(request, credentials);
  const response = await fetch(url, { method: 'POST', headers, body: text });
  const { Response } = (await response.json()) as {
    Response: Answer & { Error?: { Code: string; Message: string } };
  };
  if (Response.Error)
    throw new Error(`${named.action}: ${Response.Error.Code} ${Response.Error.Message}`);
  return Response;
}

/** The time as in 2026-01-31 08:00:00. */
function beijingTime(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
