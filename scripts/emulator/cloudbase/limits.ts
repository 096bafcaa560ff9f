/** Documents returned by a query that names no limit. */
export const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 1000;

/** A transaction must commit or abort within this time of its start. */
export const TRANSACTION_LIFETIME_MS = 30_000;

/** How long a write outside transactions waits for a locked document; ours, the real value is not published. */
export const LOCK_WAIT_MS = 5_000;

/** The largest document MongoDB stores. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** The largest request body; uploads have no limit. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** The largest input or result of a function. */
export const MAX_FUNCTION_BYTES = 6 * 1024 * 1024;

/** MongoDB's TTL monitor wakes once a minute. */
export const TTL_MONITOR_MS = 60_000;

/** A temporary file URL works this long unless asked otherwise. */
export const DEFAULT_URL_AGE_SECONDS = 86_400;

/** How long the permission to upload lasts. */
export const UPLOAD_TICKET_MS = 900_000;
