import type {
  Area,
  Catalogue,
  EndpointName,
  RequestOf,
  ResponseOf,
  TypesOf,
} from '../../../../shared/wechat/catalogue/index.ts';

/** One call of every endpoint of an area. A row of the catalogue without one does not compile. */
export type SamplesOf<A extends Area> = {
  readonly [Name in keyof Catalogue[A]]: Sample<CallOf<TypesOf<Catalogue[A][Name]>>>;
};

/** What is asked and what comes back; as a function where something must be there before. */
export type Sample<Call = SampleCall> = Call | ((stage: Stage) => Promise<Call>);

/** The call of some endpoint. */
export type SampleCall = { readonly request?: unknown } & (
  | { readonly answer: unknown }
  | { readonly errcode: number }
  | { readonly leadsTo: RegExp }
);

/** An account in which Ann and Ben (`people.ts`) follow and nothing else has happened. */
export interface Stage {
  /** Calls an endpoint through the product's client. */
  call<Name extends EndpointName>(
    name: Name,
    ...request: ArgumentsOf<RequestOf<Name>>
  ): Promise<ResponseOf<Name>>;
  /** Opens a page as a browser does. Gives the address that it leads to. */
  open(
    name: 'oauth.authorize' | 'template.authorizeOnce',
    query: Readonly<Record<string, string>>,
  ): Promise<URL>;
  /** Steers the emulator by `/emulator/…`. */
  control(method: 'POST' | 'PUT', path: string, body: object | Uint8Array): Promise<unknown>;
  /** Moves the time. */
  advance(ms: number): Promise<void>;
  /** In milliseconds since the epoch. */
  now(): number;
}

type ArgumentsOf<Request> = undefined extends Request ? [request?: Request] : [request: Request];

type CallOf<Types extends readonly [unknown, unknown]> = Asked<Types[0]> & Outcome<Types[1]>;

type Asked<Request> = undefined extends Request
  ? { readonly request?: Request }
  : { readonly request: Request };

/** A page leads somewhere; a call gives an answer with at least these fields, or is refused. */
type Outcome<Response> = [Response] extends [never]
  ? { readonly leadsTo: RegExp }
  : { readonly answer: Expected<Response> } | { readonly errcode: number };

/** Some of the fields; a text may be given by a pattern. */
type Expected<T> = T extends string
  ? T | RegExp
  : T extends readonly (infer Item)[]
    ? readonly Expected<Item>[]
    : T extends object
      ? { readonly [K in keyof T]?: Expected<T[K]> }
      : T;
