import { isAllowed, type Role } from '../../console/role.ts';
import { type Actions, perform } from '../../kernel/action.ts';
import type { App } from '../../kernel/app.ts';
import { AppError } from '../../kernel/errors.ts';

/** Who asks an area for an action. */
export interface Asker {
  readonly name: string;
  readonly role: Role;
  readonly requestId: string | undefined;
  /** Is told that the role was not enough. It never fails. */
  readonly onRefused: () => Promise<void>;
}

type Roles = Readonly<Record<string, Role>>;

/** The actions of a function as the console offers them. */
export interface ConsoleArea<Context> {
  /** The roles that the actions need; what is not named is not there. */
  readonly offers: {
    readonly reads: Roles;
    /** What changes something: it goes into the audit trail. */
    readonly acts: Roles;
  };
  /** @throws AppError `not_found`, `forbidden`, and what the action throws */
  perform(context: Context, asker: Asker, action: string, payload: unknown): Promise<unknown>;
}

/**
 * Offers actions to operators of some roles.
 *
 * @param open gives the app on which the actions work
 */
export function area<Context, SomeApp extends App, Table extends Actions<SomeApp>>(
  actions: Table & Actions<SomeApp>,
  open: (context: Context) => SomeApp,
  offers: {
    readonly reads: { readonly [Name in keyof Table & string]?: Role };
    readonly acts: { readonly [Name in keyof Table & string]?: Role };
  },
): ConsoleArea<Context> {
  const reads = offers.reads as Roles;
  const acts = offers.acts as Roles;
  return {
    offers: { reads, acts },
    async perform(context, { name, role, requestId, onRefused }, action, payload) {
      const isAct = Object.hasOwn(acts, action);
      const needed = isAct ? acts[action] : Object.hasOwn(reads, action) && reads[action];
      if (!needed) throw new AppError('not_found', 'There is no such action.');
      if (!isAllowed(role, needed)) {
        await onRefused();
        throw new AppError(
          'forbidden',
          `This needs the role ${needed}; yours is ${role}. An operator with the role manage can change it.`,
          { details: { role, needed } },
        );
      }
      const actor = `operator ${name}`;
      const call = { name: action, payload, actor, requestId, isAudited: isAct };
      return perform(actions, open(context), call);
    },
  };
}
