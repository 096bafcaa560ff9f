import type { Environment } from '../environment.ts';
import { invalidParam } from '../errors.ts';
import type { Settings } from '../settings.ts';
import type { Target } from './commands.ts';

/** A request whose caller is known, on its way to an operation. */
export interface ActionRequest {
  readonly body: Readonly<Record<string, unknown>>;
  readonly environment: Environment;
  readonly settings: Settings;
  readonly now: number;
  /** Where storage URLs start, without a trailing slash. */
  readonly baseUrl: string;
}

/** What it returns becomes the answer, with a requestId added. */
export type Action = (
  request: ActionRequest,
) => Record<string, unknown> | Promise<Record<string, unknown>>;

/** The collection of a request, in the transaction it names, if it names one. */
export function targetOf({ body, environment }: ActionRequest): Target {
  return {
    session: environment.session(optionalText(body, 'transactionId')),
    collection: text(body, 'collectionName'),
  };
}

/** @throws ServiceError `INVALID_PARAM` if the field is not a text of at least one character */
export function text(body: ActionRequest['body'], field: string): string {
  const value = optionalText(body, field);
  if (value === undefined) throw invalidParam(`${field} is missing`);
  return value;
}

export function optionalText(body: ActionRequest['body'], field: string): string | undefined {
  const value = body[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw invalidParam(`${field} must be a string`);
  return value;
}

export function optionalNumber(body: ActionRequest['body'], field: string): number | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw invalidParam(`${field} must be an integer`);
  }
  return value;
}
