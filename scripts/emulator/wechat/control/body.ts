import * as v from 'valibot';

/** Something that the control API cannot do as asked; with WeChat's number where WeChat refuses it. */
export class BadRequest extends Error {
  readonly errcode: number | undefined;

  constructor(message: string, errcode?: number) {
    super(message);
    this.errcode = errcode;
  }
}

/** The JSON body of an order; none counts as `{}`. @throws BadRequest naming what is wrong */
export async function read<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const text = await request.text();
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new BadRequest('The body is not JSON.');
  }
  return checked(schema, value);
}

/** @throws BadRequest naming what is wrong */
export function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => `${v.getDotPath(issue) ?? ''} ${issue.message}`);
  throw new BadRequest(problems.map((problem) => problem.trim()).join('; '));
}
