CREATE SCHEMA IF NOT EXISTS :"schema";

CREATE TABLE IF NOT EXISTS :"schema"."auto-replies" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "followers_words_asc" ON :"schema"."followers" USING gin (((CASE WHEN jsonb_typeof(doc -> 'words') = 'array' THEN doc -> 'words' END)));

CREATE TABLE IF NOT EXISTS :"schema"."follower_segments" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE TABLE IF NOT EXISTS :"schema"."broadcast_proposals" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "broadcast_proposals_proposedAt_desc" ON :"schema"."broadcast_proposals" ((CASE WHEN jsonb_typeof(doc -> 'proposedAt') = 'number' THEN (doc -> 'proposedAt')::numeric END) DESC NULLS LAST);

CREATE INDEX IF NOT EXISTS "broadcast_proposals_removeAt_asc" ON :"schema"."broadcast_proposals" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);
