const MB = 1024 * 1024;

/** The platform's limits. https://cloud.tencent.com/document/product/583/11637 */
export const SYNC_EVENT_BYTES = 6 * MB;
export const ASYNC_EVENT_BYTES = 128 * 1024;
export const RESULT_BYTES = 6 * MB;
export const INIT_TIMEOUT_SECONDS = 65;

/** https://cloud.tencent.com/document/product/583/41138 */
export const RETRY_DELAY_MS = 60_000;
export const MAX_RETRIES = 2;
export const MAX_EVENT_AGE_SECONDS = 6 * 3600;

/** CloudBase's HTTP access service takes no larger body of a text type. https://docs.cloudbase.net/error-code/service */
export const HTTP_ACCESS_TEXT_BYTES = 100 * 1024;

/** Requests at a time in one instance of an HTTP function (`MaxConcurrency`). */
export const MAX_CONCURRENCY = 100;
