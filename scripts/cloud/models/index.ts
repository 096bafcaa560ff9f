import type { CamActions, CamTypes } from './cam.ts';
import type { ClsActions, ClsTypes } from './cls.ts';
import type { ScfActions, ScfTypes } from './scf.ts';
import type { TcbActions, TcbTypes } from './tcb.ts';
import type { ScfUnmodelled, TcbUnmodelled } from './unmodelled.ts';

/**
 * Tencent's cloud API: each action of each service with its request and its response. The tools and
 * the emulator share this and nothing else, and it is the official SDK's.
 */
export interface CloudModels {
  readonly scf: ScfActions & ScfUnmodelled;
  readonly tcb: TcbActions & TcbUnmodelled;
  readonly cam: CamActions;
  readonly cls: ClsActions;
}

export type CloudService = keyof CloudModels;
export type CloudAction<Service extends CloudService> = keyof CloudModels[Service] & string;

export type CloudRequest<
  Service extends CloudService,
  Action extends CloudAction<Service>,
> = CloudModels[Service][Action] extends { readonly request: infer Request } ? Request : never;

export type CloudResponse<
  Service extends CloudService,
  Action extends CloudAction<Service>,
> = CloudModels[Service][Action] extends { readonly response: infer Response } ? Response : never;

/** The types inside requests and responses, by service and their names in the SDK. */
export interface CloudTypes {
  readonly scf: ScfTypes;
  readonly tcb: TcbTypes;
  readonly cam: CamTypes;
  readonly cls: ClsTypes;
}

/** The version of each service's API. */
export const cloudVersions: Readonly<Record<CloudService, string>> = {
  scf: '2018-04-16',
  tcb: '2018-06-08',
  cam: '2019-01-16',
  cls: '2020-10-16',
};
