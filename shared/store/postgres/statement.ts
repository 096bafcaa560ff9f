/** One statement that makes one thing, under the name that tells whether it is there. */
export interface Statement {
  readonly kind: 'table' | 'index' | 'function' | 'trigger';
  readonly name: string;
  readonly sql: string;
}

/** Where the schema's name goes in a statement, in the words of `psql -v schema=…`. */
export const SCHEMA = ':"schema"';
