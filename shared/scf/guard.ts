import { AppError } from '../kernel/errors.ts';
import { isRecord } from './invocation.ts';

/** Variables that the platform sets when a mini-program or web client is the caller. */
const CLIENT_IDENTITY = [
  'WX_OPENID',
  'WX_UNIONID',
  'TCB_UUID',
  'TCB_CUSTOM_USER_ID',
  'TCB_ISANONYMOUS_USER',
  'LOGINTYPE',
] as const;

/** Where a call began, as in `wx_client,scf`; a client stays one however often it was passed on. */
const CLIENT_SOURCE = /(^|,)\s*(wx_client|wx_devtools)\s*(,|$)/;

/**
 * Lets pass what the platform calls by itself (timers) and what a server with its credentials calls.
 * Any client of the environment could otherwise invoke any function by its name. Who calls is read
 * from the context alone: the event is the caller's own words, and the variables of the process may
 * be left over from somebody else's call.
 *
 * @throws AppError `forbidden` if there is the identity of a client, or if what is said about the
 * caller cannot be read.
 */
export function refuseClients(context: unknown): void {
  const variables = platformVariables(context);
  const named = CLIENT_IDENTITY.filter((name) => variables.some((set) => !!set[name]));
  const isClient =
    named.length > 0 || variables.some((set) => CLIENT_SOURCE.test(set.TCB_SOURCE ?? ''));
  if (!isClient) return;
  throw new AppError(
    'forbidden',
    'This function is not for clients of the environment. Call it from a server or by its trigger, and forbid clients to invoke functions by the security rule {"*":{"invoke":false}}.',
    { details: { identity: named } },
  );
}

type Variables = Readonly<Record<string, string | undefined>>;

/** SCF writes them into the context in two ways; older and newer runtimes differ in which. */
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
    // Falls through: not readable is not allowed.
  }
  throw new AppError('forbidden', 'The context of this call says nothing readable of its caller.');
}

function fromPairs(text: string): Variables {
  return Object.fromEntries(
    text.split(';').map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
