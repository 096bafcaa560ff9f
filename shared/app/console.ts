import { browserName } from '../console/browser-name.ts';
import { createChallenges } from '../console/challenges.ts';
import { type ConsoleAnswer, type ConsoleCall, createConsoleDoor } from '../console/door.ts';
import { createGuesses } from '../console/guesses.ts';
import { createOperators } from '../console/operators.ts';
import type { ReadPageFile } from '../console/page-files.ts';
import { createRefusals } from '../console/refusals.ts';
import { createSessions, type SignedIn } from '../console/sessions.ts';
import { SignIn } from '../console/sign-in.ts';
import { performSignIn, siteOf } from '../console/sign-in-acts.ts';
import { createJobOperator, createQueue } from '../jobs/index.ts';
import { accountKeyOf } from '../kernel/account-key.ts';
import type { HttpApp } from '../kernel/app.ts';
import { AppError } from '../kernel/errors.ts';
import type { HttpRequest } from '../kernel/http.ts';
import { once } from '../kernel/once.ts';
import { createOverview } from '../monitoring/overview.ts';
import { readingSettings } from '../monitoring/readings.ts';
import { createProposals } from '../proposals/proposals.ts';
import { newSecret } from '../proxy/secrets.ts';
import { createBinder } from '../store/binder.ts';
import { createSealer } from '../token/index.ts';
import type { OperatorsApp } from './actions/console.ts';
import { createAuditReader } from './audit-reader.ts';
import { areas, type ConsoleApps } from './console/areas.ts';
import { pageReader } from './console/page-file.ts';
import { followersApp } from './followers.ts';
import { massSendApp, massSendSettings } from './mass-send.ts';
import { materialApp } from './material.ts';
import { menuApp } from './menu.ts';
import { apiSettings } from './parts/api-settings.ts';
import { watchedDocuments } from './parts/watched-documents.ts';
import { weChatApi } from './parts/wechat.ts';
import { type Started, start, systemWorld, type World } from './parts/world.ts';
import { proxyClientApp } from './proxy-client.ts';
import { wakeSettings, wakeWorkerOf } from './wake/wake-worker.ts';

/** The console by HTTP, and its operators by invocation. */
export interface ConsoleApp extends HttpApp, OperatorsApp {
  /** Where the gateway writes the caller's address, if it is not where we expect it. */
  readonly addressHeader: string | undefined;
}

/** A file is in base64 in an answer, and once more when this is sealed: 5.6 MB of the platform's 6. */
const MAX_INLINE_BYTES = 3 * 1024 * 1024;

const consoleSettings = [
  ...apiSettings,
  ...wakeSettings,
  ...massSendSettings,
  ...readingSettings,
  'console',
  'consoleOrigin',
  'consoleSecondOperator',
  'addressHeader',
  'invokeSources',
] as const;

/**
 * The console of the people who run the account: a page, and the actions of the other functions behind
 * its sign-in.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration: the instance must not start.
 */
export function consoleApp(
  world: World = systemWorld,
  readPage: ReadPageFile = pageReader(),
  started: Started<(typeof consoleSettings)[number]> = start('console', world, consoleSettings),
): ConsoleApp {
  const { clock, log, config, store, finish, audit, auditOf } = started;
  const key = accountKeyOf(config);
  const binder = createBinder(key);
  const operators = createOperators({ store, clock, binder });
  const sessions = createSessions({ store, clock });
  const signIn = new SignIn({
    ...{ operators, clock, log },
    challenges: createChallenges({ store, binder, clock }),
    guesses: createGuesses({ store, binder, clock }),
    sealer: createSealer(key),
  });
  const noteRefusal = createRefusals({ store, binder, clock, log, auditOf });
  const base = { clock, log, finish, invokeSources: config.invokeSources };
  const own: OperatorsApp = { ...base, audit, operators, sessions };
  /** An app of another function, which writes its acts down under the name of that one. */
  const as = (name: string) => ({ ...started, audit: auditOf(name) });
  const api = once(() => weChatApi(world, config, log));
  const massSend = once(() => massSendApp(world, as('mass-send')));
  const needsSecond = config.consoleSecondOperator === 'on';
  const apps: Omit<ConsoleApps, 'self'> = {
    menu: once(() => menuApp(world, as('menu'))),
    material: once(() => materialApp(world, as('material'), MAX_INLINE_BYTES)),
    followers: once(() => followersApp(world, as('followers'))),
    massSend,
    proposals: once(() => {
      const { massSends } = massSend();
      const proposals = createProposals({ api: api(), store, massSends, clock, needsSecond });
      return { ...base, audit: auditOf('broadcasts'), proposals, needsSecond };
    }),
    proxyClient: once(() => proxyClientApp(world, as('proxy-client'))),
    overview: once(() => ({
      ...base,
      overview: createOverview({ store, api: api(), config, clock }),
    })),
    worker: once(() => {
      const queue = createQueue({ store, clock, log, wakeWorker: wakeWorkerOf(world, config) });
      return {
        ...base,
        audit: auditOf('worker'),
        operator: createJobOperator({ store, clock, queue }),
        auditReader: createAuditReader({
          store,
          binder,
          watched: watchedDocuments(store, binder),
        }),
      };
    }),
  };
  const door = createConsoleDoor({ readPage, log, answer });
  return {
    ...own,
    addressHeader: config.addressHeader,
    handle: (request) => (config.console === 'on' ? door(request) : switchedOff),
  };

  async function answer(call: ConsoleCall): Promise<ConsoleAnswer> {
    if (call.area === 'sign-in') return come(call);
    const { area: name, action, payload, request, cookie, pageKey } = call;
    const self = cookie === '' ? undefined : await sessions.find(cookie, pageKey);
    if (!self) throw new AppError('unauthorized', 'You are not signed in, or no longer: sign in.');
    const data = await performFor(self, name, action, payload, request);
    return name === 'self' && action === 'signOut' ? { data, cookie: 'remove' } : { data };
  }

  function performFor(
    self: SignedIn,
    name: string,
    action: string,
    payload: unknown,
    { requestId }: HttpRequest,
  ): Promise<unknown> {
    const chosen = Object.hasOwn(areas, name) ? areas[name as keyof typeof areas] : undefined;
    if (!chosen) throw new AppError('not_found', 'There is no such action.');
    const { _id, role } = self.operator;
    const context = { ...apps, self: () => ({ ...own, self }) };
    const onRefused = () => noteRefusal({ operator: _id, area: name, action, requestId });
    return chosen.perform(context, { name: _id, role, requestId, onRefused }, action, payload);
  }

  /** Somebody asks for a way in, or comes in by one. */
  async function come({ action, payload, request, pageKey }: ConsoleCall): Promise<ConsoleAnswer> {
    const site = () => siteOf(request, config.consoleOrigin);
    const outcome = await performSignIn(action, payload, { signIn, request, site });
    if ('data' in outcome) return outcome;
    const { operator, method } = outcome;
    const secret = newSecret();
    const browser = browserName(request.headers['user-agent']);
    await sessions.open({ operator, method, cookie: secret, pageKey, browser });
    const actor = `operator ${operator._id}`;
    const { requestId } = request;
    await audit?.({ actor, action: `sign in by ${method}`, outcome: 'ok', requestId });
    return { data: { name: operator._id, role: operator.role }, cookie: { set: secret } };
  }
}

const switchedOff = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The console is switched off. CONSOLE=on switches it on.\n',
} as const;
