CREATE SCHEMA IF NOT EXISTS :"schema";

CREATE TABLE IF NOT EXISTS :"schema"."audit" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "inbox_follower_asc" ON :"schema"."inbox" ((CASE WHEN jsonb_typeof(doc -> 'follower') = 'string' THEN doc ->> 'follower' END) COLLATE "C" ASC NULLS FIRST);

CREATE INDEX IF NOT EXISTS "jobs_follower_asc_createdAt_asc" ON :"schema"."jobs" ((CASE WHEN jsonb_typeof(doc -> 'follower') = 'string' THEN doc ->> 'follower' END) COLLATE "C" ASC NULLS FIRST, (CASE WHEN jsonb_typeof(doc -> 'createdAt' -> '$date') = 'number' THEN (doc -> 'createdAt' -> '$date')::numeric END) ASC NULLS FIRST);
