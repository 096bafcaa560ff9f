const MASK = '***';
const SECRET_FIELDS =
  'access_token|cloudbase_access_token|component_access_token|refresh_token|secret|appsecret|ticket';

const inJson = new RegExp(`("(?:${SECRET_FIELDS})"\\s*:\\s*")[^"]*`, 'g');
const inQuery = new RegExp(`((?:^|[?&])(?:${SECRET_FIELDS})=)[^&#]*`, 'g');

/** Text as it may be shown and kept: the values of tokens, secrets and tickets are gone. */
export function redact(text: string): string {
  return text.replace(inJson, `$1${MASK}`).replace(inQuery, `$1${MASK}`);
}
