/**
 * The settings that tokens need; a function names them to `loadConfig`. They stand apart because who
 * names them may never load the rest.
 */
export const tokenSettings = ['appid', 'appsecret', 'tokenKind'] as const;
