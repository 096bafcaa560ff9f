import type { TypesOf } from '../catalogue/index.ts';
import type { CallOptions } from './caller.ts';

type Operation<Request, Response> = [Request] extends [undefined]
  ? (request?: undefined, options?: CallOptions) => Promise<Response>
  : Record<never, never> extends Request
    ? (request?: Request, options?: CallOptions) => Promise<Response>
    : (request: Request, options?: CallOptions) => Promise<Response>;

/** The method that calls the endpoint of a row of the catalogue. */
export type Call<Row> = Operation<TypesOf<Row>[0], TypesOf<Row>[1]>;
