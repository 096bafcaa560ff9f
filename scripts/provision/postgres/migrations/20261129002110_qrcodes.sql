CREATE SCHEMA IF NOT EXISTS :"schema";

CREATE TABLE IF NOT EXISTS :"schema"."qrcodes" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "qrcodes_createdAt_desc" ON :"schema"."qrcodes" ((CASE WHEN jsonb_typeof(doc -> 'createdAt' -> '$date') = 'number' THEN (doc -> 'createdAt' -> '$date')::numeric END) DESC NULLS LAST);

CREATE INDEX IF NOT EXISTS "qrcodes_removeAt_asc" ON :"schema"."qrcodes" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);
