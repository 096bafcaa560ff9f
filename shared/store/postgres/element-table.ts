import type { Index } from '../store.ts';
import { checkName, identifier, literal } from './expressions.ts';
import { SCHEMA, type Statement } from './statement.ts';

/** The table of the elements of a unique list: one row for each, under the document that has it. */
export function elementsTable(collection: string, fields: readonly string[]): string {
  const name = `${collection}_${fields.join('_')}_elements`;
  checkName(name);
  return name;
}

/**
 * No index of PostgreSQL sees to it that two rows share no element. A table with a key for each
 * element does, kept by a trigger in the same statement: a writer of a taken element waits for the
 * other writer's transaction and is then refused by the key.
 */
export function elementStatements(collection: string, { fields }: Index): readonly Statement[] {
  const names = fields.map((field) => field.name);
  const name = elementsTable(collection, names);
  const owner = `${SCHEMA}.${identifier(collection)}`;
  const table = `${SCHEMA}.${identifier(name)}`;
  const keys = `${SCHEMA}.${identifier(`${name}_of`)}`;
  const trigger = `${SCHEMA}.${identifier(`${name}_keep`)}`;
  const values = names.map((field) => `doc -> ${literal(field)}`);
  const isSame = names.map((field) => {
    return `OLD.doc -> ${literal(field)} IS NOT DISTINCT FROM NEW.doc -> ${literal(field)}`;
  });
  const each = values.map((value, at) => {
    // An empty list, a missing field and a single value count as one value.
    return `(SELECT * FROM jsonb_array_elements(CASE WHEN jsonb_typeof(${value}) = 'array' AND ${value} <> '[]' THEN ${value} ELSE jsonb_build_array(${value}) END)) AS v${at}(value)`;
  });
  const key = `jsonb_build_array(${values.map((_, at) => `v${at}.value`).join(', ')})::text`;
  return [
    {
      kind: 'table',
      name,
      sql: `CREATE TABLE IF NOT EXISTS ${table} (
  key text COLLATE "C" PRIMARY KEY,
  id text COLLATE "C" NOT NULL
)`,
    },
    {
      kind: 'index',
      name: `${name}_id`,
      sql: `CREATE INDEX IF NOT EXISTS ${identifier(`${name}_id`)} ON ${table} (id)`,
    },
    {
      kind: 'function',
      name: `${name}_of`,
      sql: `CREATE OR REPLACE FUNCTION ${keys}(doc jsonb) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
  SELECT DISTINCT ${key} FROM ${each.join(' CROSS JOIN ')}
$$`,
    },
    {
      kind: 'function',
      name: `${name}_keep`,
      sql: `CREATE OR REPLACE FUNCTION ${trigger}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM ${table} WHERE id = OLD.id;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF ${isSame.join(' AND ')} THEN
      RETURN NULL;
    END IF;
    DELETE FROM ${table} AS kept WHERE kept.id = NEW.id
      AND kept.key NOT IN (SELECT ${keys}(NEW.doc));
  END IF;
  INSERT INTO ${table} (key, id)
    SELECT k, NEW.id FROM ${keys}(NEW.doc) AS k
    WHERE NOT EXISTS (SELECT FROM ${table} AS own WHERE own.key = k AND own.id = NEW.id)
    ORDER BY k;
  RETURN NULL;
END
$$`,
    },
    {
      kind: 'trigger',
      name: `${name}_keep`,
      sql: `CREATE OR REPLACE TRIGGER ${identifier(`${name}_keep`)}
  AFTER INSERT OR UPDATE OR DELETE ON ${owner}
  FOR EACH ROW EXECUTE FUNCTION ${trigger}()`,
    },
  ];
}
