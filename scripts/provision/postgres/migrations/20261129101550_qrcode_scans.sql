CREATE SCHEMA IF NOT EXISTS :"schema";

CREATE INDEX IF NOT EXISTS "qrcodes_scene_asc" ON :"schema"."qrcodes" ((CASE WHEN jsonb_typeof(doc -> 'scene') = 'string' THEN doc ->> 'scene' END) COLLATE "C" ASC NULLS FIRST);

CREATE TABLE IF NOT EXISTS :"schema"."qrcode_scans" (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
);

CREATE INDEX IF NOT EXISTS "qrcode_scans_day_asc" ON :"schema"."qrcode_scans" ((CASE WHEN jsonb_typeof(doc -> 'day') = 'number' THEN (doc -> 'day')::numeric END) ASC NULLS FIRST);

CREATE INDEX IF NOT EXISTS "qrcode_scans_removeAt_asc" ON :"schema"."qrcode_scans" ((CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST);
