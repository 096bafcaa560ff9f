import type * as v from 'valibot';
import { noPayload } from '../kernel/action.ts';
import { checked } from '../kernel/check.ts';
import { AppError } from '../kernel/errors.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { OperatorDocument } from './operator-document.ts';
import type { Site } from './passkeys.ts';
import { signInRequests } from './requests.ts';
import type { SignInMethod } from './session-document.ts';
import type { SignIn } from './sign-in.ts';

/** What an act of signing in works with. */
export interface SignInWorld {
  readonly signIn: SignIn;
  readonly request: HttpRequest;
  /** Where the console is. @throws AppError `invalid` if the request does not say */
  readonly site: () => Site;
}

/** Something to show, or somebody who has come in. */
export type SignInOutcome =
  | { readonly data: unknown }
  | { readonly operator: OperatorDocument; readonly method: SignInMethod };

interface SignInAct<Schema extends v.GenericSchema> {
  readonly schema: Schema;
  readonly run: (payload: v.InferOutput<Schema>, world: SignInWorld) => Promise<SignInOutcome>;
}

function act<Schema extends v.GenericSchema>(
  schema: Schema,
  run: SignInAct<Schema>['run'],
): SignInAct<Schema> {
  return { schema, run };
}

/** What a caller may do who is not signed in. */
const signInActs = {
  openInvite: act(signInRequests.bySecret, async ({ secret }, { signIn }) => {
    const { _id: name, role } = await signIn.invited(secret);
    return { data: { name, role } };
  }),
  creationOptions: act(signInRequests.bySecret, async ({ secret }, { signIn, site }) => ({
    data: await signIn.creationOptions(secret, site()),
  })),
  enrollPasskey: act(signInRequests.enrollPasskey, async (payload, { signIn, site }) => ({
    operator: await signIn.enrollPasskey(payload, site()),
    method: 'passkey',
  })),
  enrollPassword: act(signInRequests.enrollPassword, async (payload, { signIn }) => ({
    operator: await signIn.enrollPassword(payload),
    method: 'password',
  })),
  admit: act(signInRequests.bySecret, async ({ secret }, { signIn }) => ({
    operator: await signIn.admit(secret),
    method: 'link',
  })),
  requestOptions: act(noPayload, async (_, { signIn, site }) => ({
    data: await signIn.requestOptions(site()),
  })),
  passkey: act(signInRequests.passkey, async ({ response }, { signIn }) => ({
    operator: await signIn.byPasskey(response),
    method: 'passkey',
  })),
  password: act(signInRequests.password, async (payload, { signIn, request }) => ({
    operator: await signIn.byPassword(payload, request.remoteAddress),
    method: 'password',
  })),
} as const;

/** @throws AppError `not_found` for an unknown act; `invalid`; what the act throws */
export async function performSignIn(
  name: string,
  payload: unknown,
  world: SignInWorld,
): Promise<SignInOutcome> {
  // biome-ignore lint/suspicious/noExplicitAny: the payload of an act is both in and out of it
  const acts: Readonly<Record<string, SignInAct<any>>> = signInActs;
  const chosen = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (!chosen) throw new AppError('not_found', 'There is no such way to sign in.');
  return chosen.run(checked(chosen.schema, payload, { what: 'The request' }), world);
}

/**
 * Where the console is: as the setting says, else as the browser names the place of its page. A passkey is
 * good only where it was made, so a forged word opens nothing.
 */
export function siteOf(request: HttpRequest, configured: string | undefined): Site {
  const origin = configured ?? request.headers.origin ?? '';
  if (!URL.canParse(origin)) {
    throw new AppError('invalid', 'The request does not say where the page is: use a browser.');
  }
  const url = new URL(origin);
  return { origin: url.origin, host: url.hostname };
}
