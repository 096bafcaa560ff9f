CREATE SCHEMA IF NOT EXISTS :"schema";

CREATE TABLE IF NOT EXISTS :"schema"."console-operators" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE TABLE IF NOT EXISTS :"schema"."console-tickets" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "console-tickets_until_asc" ON :"schema"."console-tickets" ((CASE WHEN jsonb_typeof(doc -> 'until' -> '$date') = 'number' THEN (doc -> 'until' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."console-sessions" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "console-sessions_operator_asc" ON :"schema"."console-sessions" ((CASE WHEN jsonb_typeof(doc -> 'operator') = 'string' THEN doc ->> 'operator' END) COLLATE "C" ASC NULLS FIRST);

CREATE INDEX IF NOT EXISTS "console-sessions_endsAt_asc" ON :"schema"."console-sessions" ((CASE WHEN jsonb_typeof(doc -> 'endsAt' -> '$date') = 'number' THEN (doc -> 'endsAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."console-guesses" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "console-guesses_removeAt_asc" ON :"schema"."console-guesses" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."sessions" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "sessions_removeAt_asc" ON :"schema"."sessions" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."send_right" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);
