import { AppError } from '../kernel/errors.ts';
import { isRecord } from '../kernel/record.ts';

/** Variables that the platform sets when a mini-program or web client is the caller. */
const CLIENT_IDENTITY = [
  'WX_OPENID',
  'WX_UNIONID',
  'TCB_UUID',
  'TCB_CUSTOM_USER_ID',
  'TCB_ISANONYMOUS_USER',
  'LOGINTYPE',
] as const;

/** Where a call began, as in `wx_client,scf`; a call of a client stays one when it is passed on. */
const CLIENT_SOURCE = /(^|,)\s*(wx_client|wx_devtools)\s*(,|$)/;

/**
 * Admits the platform's own calls (timers) and those of a server with credentials. Any client of the
 * environment could otherwise invoke any function by its name. The caller is told from the context
 * alone: the caller itself writes the event, and the variables of the process may be left over from
 * an earlier call.
 *
 * @throws AppError `forbidden` if the context names a client, or cannot be read
 */
export function refuseClients(context: unknown): void {
  const variables = platformVariables(context);
  const named = CLIENT_IDENTITY.filter((name) => variables.some((set) => !!set[name]));
  const isClient =
    named.length > 0 || variables.some((set) => CLIENT_SOURCE.test(set.TCB_SOURCE ?? ''));
  if (!isClient) return;
  throw new AppError(
    'forbidden',
    'Clients of the environment may not call this function. Call it from a server or by its trigger, and forbid clients to invoke functions by the security rule {"*":{"invoke":false}}.',
    { details: { identity: named } },
  );
}

type Variables = Readonly<Record<string, string | undefined>>;

/** SCF writes the variables into the context in one of two ways, by the age of the runtime. */
function platformVariables(context: unknown): readonly Variables[] {
  if (!isRecord(context)) return [];
  const { environment, environ } = context;
  return [
    ...(typeof environment === 'string' && environment !== '' ? [fromJson(environment)] : []),
    ...(typeof environ === 'string' ? [fromPairs(environ)] : []),
  ];
}

function fromJson(text: string): Variables {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
    }
  } catch {
    // Falls through: a caller that cannot be told is refused.
  }
  throw new AppError('forbidden', 'This call is refused: its context does not tell who calls.');
}

function fromPairs(text: string): Variables {
  return Object.fromEntries(
    text.split(';').map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
