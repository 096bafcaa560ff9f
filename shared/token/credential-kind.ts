/**
 * The kinds of credential; each has its own document, so that switching never mixes two. In a file of
 * its own so that the table of metrics, which names them, does not load the token code.
 */
export const credentialKinds = ['stable_token', 'classic_token', 'jsapi_ticket'] as const;
export type CredentialKind = (typeof credentialKinds)[number];
