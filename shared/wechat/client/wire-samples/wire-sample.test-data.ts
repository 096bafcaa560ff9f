import type { Area, Catalogue, Download, TypesOf, Upload } from '../../catalogue/index.ts';

/** What WeChat takes and answers, whole and in its own spelling, for every endpoint of an area. */
export type WireSamplesOf<A extends Area> = {
  readonly [Name in keyof Catalogue[A]]: WireSample<TypesOf<Catalogue[A][Name]>>;
};

type WireSample<Types extends readonly [unknown, unknown]> = Asked<Types[0]> & Answered<Types[1]>;

type Asked<Request> = undefined extends Request
  ? { readonly request?: Request }
  : { readonly request: Request };

/** A page gives no answer of its own, and a file has no fields. */
type Answered<Response> = [Response] extends [never]
  ? object
  : { readonly answer: FieldsOf<Response> };

type FieldsOf<Response> = Response extends Download ? 'file' : Response;

/** Some file on its way to WeChat. */
export const file: Upload = {
  fileName: 'file.jpg',
  contentType: 'image/jpeg',
  data: new Uint8Array([0xff, 0xd8, 0xff]),
};
