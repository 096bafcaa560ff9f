import { emptyRecord } from '../kernel/record.ts';
import { MAX_PUSH_ELEMENTS, MAX_PUSH_LIST } from './limits.ts';

/**
 * A push or a reply as a tree of WeChat's own element names. Every leaf is text as it was sent:
 * ids have 64 bits and must not become numbers on the way. A name that occurs more than once holds
 * a list. The objects have no prototype, so that an element called `constructor` is a field like any other.
 */
export interface PushFields {
  readonly [name: string]: Field | undefined;
}

export type Field = string | PushFields | readonly Field[];

/** A push could not be read; the callback answers 400. The message says where, never the content. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}

export const isFields = (field: Field | undefined): field is PushFields =>
  typeof field === 'object' && !Array.isArray(field);

/**
 * Adds a field to a tree under construction: a second field of one name makes a list of both, and
 * further ones are added to that list.
 *
 * @throws MalformedError if the list becomes too long
 */
export function addField(fields: Record<string, Field>, name: string, value: Field): void {
  const present: Field | Field[] | undefined = fields[name];
  if (present === undefined) fields[name] = value;
  else if (!Array.isArray(present)) fields[name] = [present as Field, value];
  else if (present.push(value) > MAX_PUSH_LIST) throw new MalformedError('body: too long a list');
}

/** Counts what one push holds, whatever its notation. */
export class ElementCount {
  #elements = 0;

  /** @throws MalformedError if the push has more elements than any of WeChat's */
  add(): void {
    this.#elements += 1;
    if (this.#elements > MAX_PUSH_ELEMENTS) throw new MalformedError('body: too many elements');
  }
}

export const emptyFields = (): Record<string, Field> => emptyRecord();
