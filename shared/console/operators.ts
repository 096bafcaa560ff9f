import { randomBytes } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';
import type { Binder } from '../store/binder.ts';
import type { Store, Stored } from '../store/store.ts';
import { MAX_OPERATORS, type OperatorDocument, operatorCollection } from './operator-document.ts';
import type { AdmitRequest, ChangeOperatorRequest, InviteRequest } from './requests.ts';
import { hashOf } from './secret-hash.ts';
import { type TicketDocument, ticketCollection } from './ticket-document.ts';

/** How long a link is good. */
const TICKET_MS: Readonly<Record<'invite' | 'admit', number>> = {
  invite: 3 * 24 * 3_600_000,
  admit: 60_000,
};

/** An operator as others see one: no key, no hash. */
export interface OperatorSummary {
  readonly name: string;
  readonly role: OperatorDocument['role'];
  readonly isEnabled: boolean;
  /** How many passkeys, and whether there is a password with one-time codes. */
  readonly passkeys: number;
  readonly hasPassword: boolean;
  readonly createdAt: number;
  /** Of the rights: the last change in the audit trail has the same. */
  readonly digest: string;
}

/** Until when an invitation is good. */
export interface Invited {
  readonly name: string;
  readonly role: OperatorDocument['role'];
  readonly until: number;
  readonly digest: string;
}

/** The operators of the console, and the links by which they come in. */
export interface Operators {
  list(): Promise<readonly OperatorSummary[]>;
  /** Makes the operator, or lets one who is there set up another way to sign in. */
  invite(request: InviteRequest): Promise<Invited>;
  /** The same, and the link signs the operator in at once. */
  admit(request: AdmitRequest): Promise<Invited>;
  /** @throws AppError `not_found`; `conflict` for the last one who may manage */
  change(request: ChangeOperatorRequest): Promise<OperatorSummary>;
  /** @throws AppError `not_found` */
  get(name: string): Promise<Stored<OperatorDocument>>;
  all(): Promise<readonly Stored<OperatorDocument>[]>;
  /** The ticket of a link; undefined if it is not good, or not for this. Taking it uses it up. */
  ticket(kind: TicketDocument['kind'], secret: string): Promise<TicketDocument | undefined>;
  /** Uses a ticket up and changes its operator, both or neither; undefined if the ticket is not good. */
  redeem(
    kind: TicketDocument['kind'],
    secret: string,
    change: (operator: OperatorDocument) => OperatorDocument,
  ): Promise<OperatorDocument | undefined>;
  /** Changes an operator unless somebody else has done so since it was read. */
  replace(operator: OperatorDocument, rev: number): Promise<boolean>;
}

export function createOperators(options: {
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf' | 'query' | 'transaction'>;
  readonly binder: Binder;
  readonly clock: Clock;
}): Operators {
  const { store, binder, clock } = options;
  const summaryOf = (doc: OperatorDocument): OperatorSummary => ({
    name: doc._id,
    role: doc.role,
    isEnabled: doc.isEnabled,
    passkeys: doc.passkeys.length,
    hasPassword: doc.password !== undefined,
    createdAt: doc.createdAt,
    digest: operatorDigest(binder, doc),
  });
  const operators: Operators = {
    list: async () => (await operators.all()).map(({ doc }) => summaryOf(doc)),
    invite: (request) => issue('invite', request),
    admit: (request) => issue('admit', request),

    async change({ name, ...changes }) {
      const { doc, rev } = await operators.get(name);
      const { revokeSessions = false, forgetWays = false, ...terms } = changes;
      const { password, ...kept } = doc;
      const changed: OperatorDocument = {
        ...kept,
        ...(forgetWays ? { passkeys: [] } : present({ password })),
        ...terms,
        // Whoever came in by a way that is forgotten does not stay in.
        ...(revokeSessions || forgetWays ? { sessionsSince: clock.now() } : {}),
      };
      if (mayManage(doc) && !mayManage(changed)) await assertManager(name);
      if (await store.replaceIf(operatorCollection, changed, rev)) return summaryOf(changed);
      throw new AppError('conflict', `"${name}" was changed at the same moment: try again.`);
    },

    async get(name) {
      const found = await store.get(operatorCollection, name);
      if (found) return found;
      throw new AppError('not_found', `There is no operator "${name}".`);
    },

    all: () =>
      store.query(operatorCollection, {
        filter: 'all',
        order: [{ field: '_id', direction: 'asc' }],
        limit: MAX_OPERATORS,
      }),

    async ticket(kind, secret) {
      const found = await store.get(ticketCollection, hashOf(secret));
      return found && isGood(found.doc, kind) ? found.doc : undefined;
    },

    redeem: (kind, secret, change) =>
      store.transaction(async (tx) => {
        const ticket = await tx.get(ticketCollection, hashOf(secret));
        if (!ticket || !isGood(ticket.doc, kind)) return undefined;
        const operator = await tx.get(operatorCollection, ticket.doc.operator);
        if (!operator?.doc.isEnabled) return undefined;
        const changed = change(operator.doc);
        await tx.remove(ticketCollection, ticket.doc._id);
        await tx.replace(operatorCollection, changed);
        return changed;
      }),

    replace: (operator, rev) => store.replaceIf(operatorCollection, operator, rev),
  };
  return operators;

  function isGood(ticket: TicketDocument, kind: TicketDocument['kind']): boolean {
    return ticket.kind === kind && clock.now() < ticket.until.getTime();
  }

  async function issue(
    kind: 'invite' | 'admit',
    { name, role, secret }: InviteRequest,
  ): Promise<Invited> {
    const operator = await operatorFor(name, role);
    const until = new Date(clock.now() + TICKET_MS[kind]);
    const ticket = { _id: hashOf(secret), kind, operator: name, until };
    if (!(await store.create(ticketCollection, ticket))) {
      throw new AppError('conflict', 'This secret was used for another link: make a new one.');
    }
    const digest = operatorDigest(binder, operator);
    return { name, role: operator.role, until: until.getTime(), digest };
  }

  async function operatorFor(name: string, role: OperatorDocument['role']) {
    const found = await store.get(operatorCollection, name);
    if (found) {
      if (found.doc.role === role && found.doc.isEnabled) return found.doc;
      throw new AppError(
        'conflict',
        `"${name}" is there already and is ${found.doc.isEnabled ? `of the role ${found.doc.role}` : 'disabled'}: change that first.`,
      );
    }
    if ((await operators.all()).length >= MAX_OPERATORS) {
      throw new AppError('conflict', `There are ${MAX_OPERATORS} operators, which is the limit.`);
    }
    const operator: OperatorDocument = {
      _id: name,
      handle: randomBytes(16).toString('base64url'),
      role,
      isEnabled: true,
      passkeys: [],
      createdAt: clock.now(),
      sessionsSince: 0,
    };
    if (await store.create(operatorCollection, operator)) return operator;
    throw new AppError('conflict', `"${name}" was invited at the same moment: try again.`);
  }

  /** Without one, nobody could invite or enable anybody from the page. */
  async function assertManager(except: string): Promise<void> {
    const others = (await operators.all()).filter(({ doc }) => doc._id !== except);
    if (others.some(({ doc }) => mayManage(doc))) return;
    throw new AppError(
      'conflict',
      `"${except}" is the last operator with the role manage: invite another one first.`,
    );
  }
}

function mayManage({ role, isEnabled }: OperatorDocument): boolean {
  return isEnabled && role === 'manage';
}

const DIGEST_LENGTH = 16;

/**
 * What tells an operator's rights from all others that there were: a keyed hash. Signing in changes the
 * document and is no change of rights, so only these are in it.
 */
export function operatorDigest(
  binder: Binder,
  { _id, handle, role, isEnabled, sessionsSince }: OperatorDocument,
): string {
  const rights = { handle, role, isEnabled, sessionsSince };
  return binder.mac('console-operators digest', _id, rights).slice(0, DIGEST_LENGTH);
}
