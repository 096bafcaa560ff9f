import { AppError } from '../kernel/errors.ts';
import { isRecord } from '../kernel/record.ts';
import { CLIENT_SOURCES, settings } from '../kernel/settings.ts';

/**
 * Variables that say which person calls, under whatever prefix: `WX_OPENID`, `QQ_OPENID`, and in an
 * environment that several accounts share `WX_FROM_OPENID` and the like.
 */
const PERSON =
  /(?:OPENID|UNIONID|UUID|USER_?ID|ANONYMOUS_USER|LOGIN_?TYPE)$|(?:^|_)FROM_(?:APPID|OPENID|UNIONID)$/i;

/**
 * The sources of a call that are servers with credentials, as the SDKs name the place where they run,
 * and the platform's timer. A call that is passed on names several, as in `wx_client,scf`; each must be
 * one of these. A source that we do not know is none of them.
 */
const SERVER_SOURCES: readonly string[] = [
  'scf',
  'not_scf',
  'cbr',
  'sumeru',
  'tencentcloud',
  'unknown',
  'wx_trigger',
];

/**
 * Admits the platform's own calls (timers) and those of a server with credentials. Any client of the
 * environment could otherwise invoke any function by its name. The caller is told from the context
 * alone: the caller itself writes the event, and the variables of the process may be left over from
 * an earlier call.
 *
 * @param admitted further sources, which an operator has named; asked only for a source that we do not know
 * @throws AppError `forbidden` if the context names a client, or cannot be read
 */
export function refuseClients(
  context: unknown,
  admitted: () => readonly string[] = () => [],
): void {
  const variables = platformVariables(context);
  const identity = variables.flatMap((set) =>
    Object.keys(set).filter((name) => PERSON.test(name) && !!set[name]),
  );
  const sources = sourcesOf(context).filter((name) => !SERVER_SOURCES.includes(name));
  if (identity.length === 0 && sources.length === 0) return;
  if (identity.length === 0 && !sources.some((name) => CLIENT_SOURCES.includes(name))) {
    const known = admitted();
    const unknown = sources.filter((name) => !known.includes(name));
    if (unknown.length > 0) throw unknownSource(unknown);
    return;
  }
  throw new AppError(
    'forbidden',
    'Clients of the environment may not call this function. Call it from a server or by its trigger, and forbid clients to invoke functions by the security rule {"*":{"invoke":false}}.',
    { details: { identity, sources } },
  );
}

function unknownSource(sources: readonly string[]): AppError {
  return new AppError(
    'forbidden',
    `This call comes from ${sources.join(', ').slice(0, 200)}, by the word of the platform, which is no source that we know to be a server. If it is one of yours, name the source in ${settings.invokeSources.env} and deploy.`,
    { details: { sources } },
  );
}

/**
 * Where a call comes from, by the word of the platform: several names for a call that was passed on.
 *
 * @throws AppError `forbidden` if the context cannot be read
 */
export function sourcesOf(context: unknown): readonly string[] {
  return platformVariables(context)
    .flatMap((set) => Object.entries(set))
    .filter(([name]) => /(?:^|_)SOURCE$/i.test(name))
    .flatMap(([, value = '']) => value.split(','))
    .map((source) => source.trim())
    .filter((source) => source !== '');
}

/**
 * The account that a call is about in an environment that several accounts share, by the word of the
 * platform.
 *
 * @throws AppError `forbidden` if the context cannot be read
 */
export function sharerOf(context: unknown): string | undefined {
  return platformVariables(context)
    .flatMap((set) => Object.entries(set))
    .find(([name, value]) => /(?:^|_)FROM_APPID$/i.test(name) && !!value)?.[1];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** SCF writes the variables into the context in one of two ways, by the age of the runtime. */
function platformVariables(context: unknown): readonly Variables[] {
  if (!isRecord(context)) throw unreadable();
  const { environment = '', environ = '' } = context;
  if (typeof environment !== 'string' || typeof environ !== 'string') throw unreadable();
  return [environment === '' ? {} : fromJson(environment), fromPairs(environ)];
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
  throw unreadable();
}

function unreadable(): AppError {
  return new AppError('forbidden', 'This call is refused: its context does not tell who calls.');
}

function fromPairs(text: string): Variables {
  return Object.fromEntries(
    text.split(';').map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
