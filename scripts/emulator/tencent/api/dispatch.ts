import { randomUUID } from 'node:crypto';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';
import { regions } from '../cloud/regions.ts';
import type { WireRequest } from '../protocol/request.ts';
import { doubtTc3 } from '../protocol/tc3.ts';
import type { Service } from './action.ts';
import { cam } from './cam.ts';
import { cls } from './cls.ts';
import { scf } from './scf.ts';
import { tcb } from './tcb.ts';
import { wishesOf } from './wishes.ts';

const services: Readonly<Record<string, Service>> = { cam, cls, scf, tcb };

/** A call as it was made and what came of it. */
export interface CallRecord {
  /** `scf.CreateFunction`, `cos.PutObject`. */
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The error code; undefined: it went well. */
  readonly error?: string;
}

/** Answers a call of the cloud API: always HTTP 200, with `Response` inside. */
export async function dispatch(
  cloud: Cloud,
  request: WireRequest,
  record: (call: CallRecord) => void,
): Promise<object> {
  const name = request.headers['x-tc-action'] ?? '';
  const [serviceName = ''] = request.host.split('.');
  const parameters = parse(request.body);
  const call = { action: `${serviceName}.${name}`, parameters };
  try {
    const result = await run(cloud, request, serviceName, name, parameters);
    record(call);
    return { Response: { ...result, RequestId: randomUUID() } };
  } catch (error) {
    const { code, message } =
      error instanceof CloudError ? error : new CloudError('InternalError', String(error));
    record({ ...call, error: code });
    return { Response: { Error: { Code: code, Message: message }, RequestId: randomUUID() } };
  }
}

async function run(
  cloud: Cloud,
  request: WireRequest,
  serviceName: string,
  name: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<object> {
  const secretId = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1];
  const principal = cloud.access.principalOf(secretId);
  const doubt = doubtTc3(request, principal.keys, cloud.now());
  if (doubt) throw new CloudError(doubt, 'The request is not signed as it should be.');
  const service = services[serviceName];
  if (!service || request.headers['x-tc-version'] !== service.version) {
    throw new CloudError('NoSuchVersion', `No such version of ${serviceName}.`);
  }
  const region = request.headers['x-tc-region'] ?? '';
  if (serviceName !== 'cam' && !regions.has(region)) {
    throw new CloudError('UnsupportedRegion', `${serviceName} is not in ${region || 'no region'}.`);
  }
  for (const wish of wishesOf(serviceName, name, parameters, { account: cloud.account, region })) {
    cloud.access.demand(principal, wish);
  }
  const action = Object.hasOwn(service.actions, name) ? service.actions[name] : undefined;
  if (!action) throw new CloudError('InvalidAction', `${serviceName} has no ${name}.`);
  cloud.faults.check(name, parameters);
  return action.run(cloud, parameters, { region, principal });
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body.toString() || '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}
