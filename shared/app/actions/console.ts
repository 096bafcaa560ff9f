import type { Operators } from '../../console/operators.ts';
import { operatorRequests } from '../../console/requests.ts';
import type { Sessions, SignedIn } from '../../console/sessions.ts';
import { action, audited, noPayload } from '../../kernel/action.ts';
import type { App } from '../../kernel/app.ts';
import { AppError } from '../../kernel/errors.ts';

/** What the management of operators works with. */
export interface OperatorsApp extends App {
  readonly operators: Operators;
  readonly sessions: Sessions;
}

/** The same, for one who is signed in. */
export interface SelfApp extends OperatorsApp {
  readonly self: SignedIn;
}

/** Who may use the console. */
export const consoleActions = {
  invite: audited(operatorRequests.invite, (request, { operators }: OperatorsApp) =>
    operators.invite(request),
  ),
  admit: audited(operatorRequests.admit, (request, { operators }: OperatorsApp) =>
    operators.admit(request),
  ),
  operators: action(noPayload, (_, { operators }: OperatorsApp) => operators.list()),
  change: audited(operatorRequests.change, (request, { operators }: OperatorsApp) =>
    operators.change(request),
  ),
  sessions: action(operatorRequests.sessions, ({ name }, { sessions }: OperatorsApp) =>
    sessions.list(name),
  ),
  revoke: audited(operatorRequests.bySession, async ({ id }, { sessions }: OperatorsApp) => {
    await sessions.revoke(id);
  }),
};

/** Whoever finds a browser that somebody has left open must not be able to come in for ever. */
const FRESH_MS = 10 * 60_000;

/** What every operator may do for himself. */
export const selfActions = {
  whoAmI: action(noPayload, async (_, { self }: SelfApp) => ({
    name: self.operator._id,
    role: self.operator.role,
    session: self.session._id,
    method: self.session.method,
    endsAt: self.session.endsAt.getTime(),
  })),
  sessions: action(noPayload, (_, { self, sessions }: SelfApp) => sessions.list(self.operator._id)),
  revoke: audited(operatorRequests.bySession, async ({ id }, { self, sessions }: SelfApp) => {
    await sessions.revoke(id, self.operator._id);
  }),
  /** Lets an operator set up another way to sign in. */
  invite: audited(operatorRequests.selfInvite, ({ secret }, app: SelfApp) => {
    const { operator, session } = app.self;
    if (app.clock.now() - session.openedAt > FRESH_MS) {
      throw new AppError(
        'conflict',
        'This needs a session that has just been opened: sign out, and sign in again.',
      );
    }
    return app.operators.invite({ name: operator._id, role: operator.role, secret });
  }),
  signOut: audited(noPayload, async (_, { self, sessions }: SelfApp) => {
    await sessions.revoke(self.session._id, self.operator._id);
  }),
};
