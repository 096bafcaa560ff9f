import { endpointByName, endpointByRoute } from '../../../../shared/wechat/catalogue/endpoints.ts';
import { ApiError, textOf } from '../errors/errors.ts';
import { operationOf } from '../operations/index.ts';
import type { Fault } from '../state/faults.ts';
import type { World } from '../world.ts';
import type { Call } from './call.ts';
import { describeBody } from './describe-body.ts';
import { FileAnswer } from './file-answer.ts';
import { checkToken, checkTokenCall, cloudIdentity, routeOf } from './gates.ts';
import { PageAnswer } from './page-answer.ts';
import { redact } from './redact.ts';

/** An answer on its way, or `broken` for a connection that ends without one. */
export type Outgoing =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array;
    }
  | 'broken';

export interface Responded {
  readonly outgoing: Outgoing;
  /** How long to hold the answer back. */
  readonly delayMs: number;
}

interface Result {
  readonly endpoint: string | null;
  readonly status: number;
  readonly errcode: number;
  readonly answer: object;
  readonly rid: string | null;
}

/** One call from its first check to the last byte of its answer, with all that is noted about it. */
export async function respond(world: World, call: Call): Promise<Responded> {
  const fault = world.faults.take(call.path);
  const at = world.clock.now();
  const result =
    fault && !isCarriedOut(fault) ? failed(world, call, fault) : await run(world, call);
  const outgoing = spoil(world, result, fault);
  const body = outgoing === 'broken' ? '' : recorded(outgoing.body);
  const { endpoint, errcode, rid } = result;
  const requestBody = redact(describeBody(call));

  world.statistics.countCall(endpoint ?? 'unknown', errcode);
  world.calls.add({
    at,
    method: call.method,
    path: call.path,
    endpoint,
    query: Object.fromEntries(new URLSearchParams(call.url.split('?')[1])),
    body: requestBody,
    clientIp: call.clientIp,
    clientPort: call.clientPort,
    cloud: cloudIdentity(world, call) ?? null,
    status: outgoing === 'broken' ? 0 : outgoing.status,
    errcode,
    answer: body,
    rid,
    fault: fault ?? null,
    ms: world.clock.now() - at + (fault?.slowMs ?? 0),
  });
  if (rid) {
    world.rids.remember({
      rid,
      invoke_time: Math.floor(at / 1_000),
      cost_in_ms: world.clock.now() - at,
      request_url: call.url,
      request_body: requestBody,
      response_body: body,
      client_ip: call.clientIp,
    });
  }
  world.storage.save();
  return { outgoing, delayMs: fault?.slowMs ?? 0 };
}

function isCarriedOut({ errcode, status, reset }: Fault): boolean {
  return errcode === undefined && status === undefined && reset !== 'before';
}

async function run(world: World, call: Call): Promise<Result> {
  let endpoint: string | null = null;
  try {
    const raw = rawResult(world, call);
    if (raw) return raw;
    const named = routeOf(call);
    endpoint = named.name;
    if (named.endpoint.auth === 'token') checkTokenCall(world, call, named);
    const answer = await operationOf(named.name)(world, call);
    return { endpoint, status: 200, errcode: 0, answer, rid: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return refused(world, call, endpoint, error);
  }
}

/** What a tester said that this path answers, unless the catalogue has it. */
function rawResult(world: World, call: Call): Result | undefined {
  const { method, path } = call;
  const isKnown = endpointByRoute('GET', path) ?? endpointByRoute('POST', path);
  const told = isKnown ? undefined : world.rawAnswers.find(method, path);
  if (!told) return undefined;
  checkToken(world, call);
  const type = told.contentType ?? world.switches.jsonContentType;
  const answer = new PageAnswer(told.status, { 'content-type': type }, told.body);
  return { endpoint: null, status: told.status, errcode: errcodeIn(told.body), answer, rid: null };
}

function errcodeIn(body: string): number {
  try {
    return Number(Object(JSON.parse(body)).errcode ?? 0);
  } catch {
    return 0;
  }
}

/** The call is not carried out; what WeChat would have said is replaced by the fault. */
function failed(world: World, call: Call, { errcode = -1, errmsg }: Fault): Result {
  const error = { errcode, message: errmsg ?? textOf(errcode), details: {} };
  return refused(world, call, endpointOf(call), error);
}

function endpointOf(call: Call): string | null {
  try {
    return routeOf(call).name;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

function refused(
  { rids }: World,
  { path }: Call,
  endpoint: string | null,
  { errcode, message, details }: { errcode: number; message: string; details: object },
): Result {
  const rid = rids.create();
  const link = path.startsWith('/sns/') ? ', rid: ' : ' rid: ';
  const answer = { errcode, errmsg: `${message}${link}${rid}`, ...details };
  return { endpoint, status: 200, errcode, answer, rid };
}

function spoil(world: World, result: Result, fault: Fault | undefined): Outgoing {
  if (fault?.reset) return 'broken';
  if (fault?.status !== undefined) {
    const headers = { 'content-type': 'text/html' };
    return { status: fault.status, headers, body: fault.body ?? '' };
  }
  const { status, answer } = result;
  if (answer instanceof FileAnswer) return { status, ...fileOf(answer) };
  if (answer instanceof PageAnswer) return answer;
  const text = JSON.stringify(answer);
  const headers = { 'content-type': jsonContentType(world, result) };
  return { status, headers, body: fault?.malformed ? malform(text, fault.malformed) : text };
}

function fileOf({ contentType, fileName, bytes }: FileAnswer) {
  const disposition = `attachment; filename="${fileName}"`;
  return {
    headers: { 'content-type': contentType, 'content-disposition': disposition },
    body: bytes,
  };
}

function jsonContentType({ switches }: World, { endpoint, errcode }: Result): string {
  const isFileWanted = endpoint !== null && endpointByName(endpoint)?.answer !== 'json';
  return errcode !== 0 && isFileWanted ? switches.fileErrorContentType : switches.jsonContentType;
}

function malform(text: string, how: NonNullable<Fault['malformed']>): string {
  if (how === 'truncated') return text.slice(0, -2);
  return text.replace(/\}$/, ',"remark":"a\u0008\u0001\nb"}');
}

function recorded(body: string | Uint8Array): string {
  return typeof body === 'string' ? redact(body) : `(a file of ${body.length} bytes)`;
}
