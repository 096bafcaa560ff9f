CREATE SCHEMA IF NOT EXISTS :"schema";

CREATE TABLE IF NOT EXISTS :"schema"."alerts" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE TABLE IF NOT EXISTS :"schema"."callback_addresses" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE TABLE IF NOT EXISTS :"schema"."inbox" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "inbox_dueAt_asc" ON :"schema"."inbox" ((CASE WHEN jsonb_typeof(doc -> 'dueAt' -> '$date') = 'number' THEN (doc -> 'dueAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE INDEX IF NOT EXISTS "inbox_removeAt_asc" ON :"schema"."inbox" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."followers" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE TABLE IF NOT EXISTS :"schema"."followers_openids_elements" (
  key text COLLATE "C" PRIMARY KEY,
  id text COLLATE "C" NOT NULL
);

CREATE INDEX IF NOT EXISTS "followers_openids_elements_id" ON :"schema"."followers_openids_elements" (id);

CREATE OR REPLACE FUNCTION :"schema"."followers_openids_elements_of"(doc jsonb) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
  SELECT DISTINCT jsonb_build_array(v0.value)::text FROM (SELECT * FROM jsonb_array_elements(CASE WHEN jsonb_typeof(doc -> 'openids') = 'array' AND doc -> 'openids' <> '[]' THEN doc -> 'openids' ELSE jsonb_build_array(doc -> 'openids') END)) AS v0(value)
$$;

CREATE OR REPLACE FUNCTION :"schema"."followers_openids_elements_keep"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM :"schema"."followers_openids_elements" WHERE id = OLD.id;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.doc -> 'openids' IS NOT DISTINCT FROM NEW.doc -> 'openids' THEN
      RETURN NULL;
    END IF;
    DELETE FROM :"schema"."followers_openids_elements" AS kept WHERE kept.id = NEW.id
      AND kept.key NOT IN (SELECT :"schema"."followers_openids_elements_of"(NEW.doc));
  END IF;
  INSERT INTO :"schema"."followers_openids_elements" (key, id)
    SELECT k, NEW.id FROM :"schema"."followers_openids_elements_of"(NEW.doc) AS k
    WHERE NOT EXISTS (SELECT FROM :"schema"."followers_openids_elements" AS own WHERE own.key = k AND own.id = NEW.id)
    ORDER BY k;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER "followers_openids_elements_keep"
  AFTER INSERT OR UPDATE OR DELETE ON :"schema"."followers"
  FOR EACH ROW EXECUTE FUNCTION :"schema"."followers_openids_elements_keep"();

CREATE INDEX IF NOT EXISTS "followers_hasRoom_asc" ON :"schema"."followers" ((CASE WHEN jsonb_typeof(doc -> 'hasRoom') = 'boolean' THEN doc ->> 'hasRoom' END) COLLATE "C" ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."follower_leavers" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "follower_leavers_leftAt_asc" ON :"schema"."follower_leavers" ((CASE WHEN jsonb_typeof(doc -> 'leftAt' -> '$date') = 'number' THEN (doc -> 'leftAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE INDEX IF NOT EXISTS "follower_leavers_removeAt_asc" ON :"schema"."follower_leavers" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."follower_pages" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "follower_pages_sync_asc" ON :"schema"."follower_pages" ((CASE WHEN jsonb_typeof(doc -> 'sync') = 'number' THEN (doc -> 'sync')::numeric END) ASC NULLS FIRST);

CREATE INDEX IF NOT EXISTS "follower_pages_removeAt_asc" ON :"schema"."follower_pages" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."follower_sync" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE TABLE IF NOT EXISTS :"schema"."mass_sends" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "mass_sends_createdAt_desc" ON :"schema"."mass_sends" ((CASE WHEN jsonb_typeof(doc -> 'createdAt' -> '$date') = 'number' THEN (doc -> 'createdAt' -> '$date')::numeric END) DESC NULLS LAST);

CREATE TABLE IF NOT EXISTS :"schema"."mass_send_slices" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "mass_send_slices_batch_asc" ON :"schema"."mass_send_slices" ((CASE WHEN jsonb_typeof(doc -> 'batch') = 'string' THEN doc ->> 'batch' END) COLLATE "C" ASC NULLS FIRST);

CREATE INDEX IF NOT EXISTS "mass_send_slices_removeAt_asc" ON :"schema"."mass_send_slices" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."mass_send_results" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "mass_send_results_removeAt_asc" ON :"schema"."mass_send_results" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."mass_send_gate" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE TABLE IF NOT EXISTS :"schema"."jobs" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "jobs_dueAt_asc" ON :"schema"."jobs" ((CASE WHEN jsonb_typeof(doc -> 'dueAt' -> '$date') = 'number' THEN (doc -> 'dueAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE INDEX IF NOT EXISTS "jobs_kind_asc_dueAt_asc" ON :"schema"."jobs" ((CASE WHEN jsonb_typeof(doc -> 'kind') = 'string' THEN doc ->> 'kind' END) COLLATE "C" ASC NULLS FIRST, (CASE WHEN jsonb_typeof(doc -> 'dueAt' -> '$date') = 'number' THEN (doc -> 'dueAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE INDEX IF NOT EXISTS "jobs_state_asc_createdAt_desc" ON :"schema"."jobs" ((CASE WHEN jsonb_typeof(doc -> 'state') = 'string' THEN doc ->> 'state' END) COLLATE "C" ASC NULLS FIRST, (CASE WHEN jsonb_typeof(doc -> 'createdAt' -> '$date') = 'number' THEN (doc -> 'createdAt' -> '$date')::numeric END) DESC NULLS LAST);

CREATE INDEX IF NOT EXISTS "jobs_kind_asc_state_asc_createdAt_desc" ON :"schema"."jobs" ((CASE WHEN jsonb_typeof(doc -> 'kind') = 'string' THEN doc ->> 'kind' END) COLLATE "C" ASC NULLS FIRST, (CASE WHEN jsonb_typeof(doc -> 'state') = 'string' THEN doc ->> 'state' END) COLLATE "C" ASC NULLS FIRST, (CASE WHEN jsonb_typeof(doc -> 'createdAt' -> '$date') = 'number' THEN (doc -> 'createdAt' -> '$date')::numeric END) DESC NULLS LAST);

CREATE UNIQUE INDEX IF NOT EXISTS "jobs_slot_asc" ON :"schema"."jobs" ((CASE WHEN jsonb_typeof(doc -> 'slot') = 'string' THEN doc ->> 'slot' END) COLLATE "C" ASC NULLS FIRST) NULLS NOT DISTINCT;

CREATE INDEX IF NOT EXISTS "jobs_removeAt_asc" ON :"schema"."jobs" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."metrics" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "metrics_state_asc_at_asc" ON :"schema"."metrics" ((CASE WHEN jsonb_typeof(doc -> 'state') = 'string' THEN doc ->> 'state' END) COLLATE "C" ASC NULLS FIRST, (CASE WHEN jsonb_typeof(doc -> 'at' -> '$date') = 'number' THEN (doc -> 'at' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE INDEX IF NOT EXISTS "metrics_removeAt_asc" ON :"schema"."metrics" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."proxy-clients" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE TABLE IF NOT EXISTS :"schema"."proxy-limits" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE TABLE IF NOT EXISTS :"schema"."proxy-nonces" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "proxy-nonces_removeAt_asc" ON :"schema"."proxy-nonces" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."proxy-results" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "proxy-results_removeAt_asc" ON :"schema"."proxy-results" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."tokens" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);
