/** Short words for actions: a thing and what to do with it, or one word. */
export const shortForms: Readonly<Record<string, readonly [func: string, action: string]>> = {
  'audit list': ['worker', 'auditList'],
  'audit verify': ['worker', 'auditVerify'],
  'qrcode create': ['followers', 'createQrcode'],
  'qrcode list': ['followers', 'listQrcodes'],
  'qrcode stats': ['followers', 'qrcodeStats'],
  'template list': ['followers', 'listTemplates'],
  'template send': ['followers', 'sendTemplate'],
  'subscribe list': ['followers', 'listSubscribeTemplates'],
  'subscribe send': ['followers', 'sendSubscribe'],
  shorten: ['followers', 'shorten'],
  'customer-service agents': ['followers', 'listAgents'],
  'customer-service add': ['followers', 'addAgent'],
  'customer-service delete': ['followers', 'deleteAgent'],
  'customer-service sessions': ['followers', 'listSessions'],
};

/** The words of a command with the function and the action that they mean at their beginning. */
export function unabridged(words: readonly string[]): readonly string[] {
  for (const count of [2, 1]) {
    const short = words.slice(0, count).join(' ');
    const whole = Object.hasOwn(shortForms, short) ? shortForms[short] : undefined;
    if (whole) return [...whole, ...words.slice(count)];
  }
  return words;
}

/** What may follow a first word that is no function, such as `create`, `list` and `stats` of `qrcode`. */
export function shortActionsOf(first: string): readonly string[] {
  return Object.keys(shortForms)
    .filter((short) => short.startsWith(`${first} `))
    .map((short) => short.slice(first.length + 1));
}

/** The words of an action, in its short form if there is one. */
export function wordsOf(func: string, action: string): string {
  const short = Object.entries(shortForms).find(
    ([, whole]) => whole[0] === func && whole[1] === action,
  );
  return short?.[0] ?? `${func} ${action}`;
}

/** The command that invokes an action. */
export function commandOf(func: string, action: string, payload?: unknown): string {
  // What a shell would end a quoted text at stands in it as JSON's own escape.
  const json =
    payload === undefined ? '' : ` '${JSON.stringify(payload).replaceAll("'", '\\u0027')}'`;
  return `npm run invoke -- ${wordsOf(func, action)}${json}`;
}
