import type { Call } from './call.ts';
import { ApiError, textOf } from './errors.ts';
import { checkTokenCall, routeOf } from './gates.ts';
import { operations } from './operations/index.ts';
import { redact } from './redact.ts';
import type { Fault } from './state/faults.ts';
import type { World } from './world.ts';

/** An answer on its way, or `broken` for a connection that ends without one. */
export type Outgoing =
  | { readonly status: number; readonly contentType: string; readonly body: string }
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
  readonly json: object;
  readonly rid: string | null;
}

/** One call from its first check to the last byte of its answer, with all that is noted about it. */
export async function respond(world: World, call: Call): Promise<Responded> {
  const fault = world.faults.take(call.path);
  const at = world.clock.now();
  const result =
    fault && !isCarriedOut(fault) ? failed(world, call, fault) : await run(world, call);
  const outgoing = spoil(world, result, fault);
  const body = outgoing === 'broken' ? '' : redact(outgoing.body);
  const { endpoint, errcode, rid } = result;
  const requestBody = redact(new TextDecoder().decode(call.body));

  world.statistics.countCall(endpoint ?? 'unknown', errcode);
  world.calls.add({
    at,
    method: call.method,
    path: call.path,
    endpoint,
    query: Object.fromEntries(new URLSearchParams(call.url.split('?')[1])),
    body: requestBody,
    clientIp: call.clientIp,
    status: outgoing === 'broken' ? 0 : outgoing.status,
    errcode,
    answer: body,
    rid,
    fault: fault ?? null,
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
    const named = routeOf(call);
    endpoint = named.name;
    const operation = operations[named.name];
    if (!operation) return notEmulated(endpoint);
    if (named.endpoint.auth === 'token') checkTokenCall(world, call, named.name);
    const json = await operation(world, call);
    return { endpoint, status: 200, errcode: 0, json, rid: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return refused(world, call, endpoint, error);
  }
}

/** No errcode of WeChat's could mean this; a caller must not take it for one. */
function notEmulated(endpoint: string): Result {
  const error = `The emulator has no operation for ${endpoint}.`;
  return { endpoint, status: 501, errcode: -1, json: { error }, rid: null };
}

/** The call is not carried out; what WeChat would have said is replaced by the fault. */
function failed(world: World, call: Call, { errcode = -1, errmsg }: Fault): Result {
  const error = { errcode, message: errmsg ?? textOf(errcode) };
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
  { errcode, message }: { errcode: number; message: string },
): Result {
  const rid = rids.create();
  const link = path.startsWith('/sns/') ? ', rid: ' : ' rid: ';
  const json = { errcode, errmsg: `${message}${link}${rid}` };
  return { endpoint, status: 200, errcode, json, rid };
}

function spoil({ switches }: World, { status, json }: Result, fault: Fault | undefined): Outgoing {
  const text = JSON.stringify(json);
  const good = { status, contentType: switches.jsonContentType, body: text };
  if (!fault) return good;
  if (fault.reset) return 'broken';
  if (fault.status !== undefined) {
    return { status: fault.status, contentType: 'text/html', body: fault.body ?? '' };
  }
  if (fault.malformed === 'truncated') return { ...good, body: text.slice(0, -2) };
  if (fault.malformed)
    return { ...good, body: text.replace(/\}$/, ',"remark":"a\u0008\u0001\nb"}') };
  return good;
}
