import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { Secret } from '../kernel/secret.ts';
import type { Sealer } from '../token/index.ts';
import type { Challenges } from './challenges.ts';
import type { Guesses } from './guesses.ts';
import { stepOf } from './one-time-codes.ts';
import type { OperatorDocument, PasswordRecord } from './operator-document.ts';
import type { Operators } from './operators.ts';
import {
  createdPasskey,
  creationOptions,
  requestOptions,
  type Site,
  signedCounter,
} from './passkeys.ts';
import { hashPassword, isPassword } from './passwords.ts';
import type { EnrollPassword, PasswordSignIn } from './requests.ts';

export interface SignInOptions {
  readonly operators: Operators;
  readonly challenges: Challenges;
  readonly guesses: Guesses;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Log;
}

/** The ways in. Each gives the operator who has come in, or throws what says nothing of the cause. */
export class SignIn {
  readonly #options: SignInOptions;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** Who is invited by a link. @throws AppError `not_found` if the link is not good */
  async invited(secret: string): Promise<OperatorDocument> {
    const { operators } = this.#options;
    const ticket = await operators.ticket('invite', secret);
    if (!ticket) throw linkOver();
    return (await operators.get(ticket.operator)).doc;
  }

  async creationOptions(secret: string, site: Site) {
    const operator = await this.invited(secret);
    return creationOptions(operator, site, this.#options.challenges.create());
  }

  /** @throws AppError `not_found`, `unauthorized` */
  async enrollPasskey(
    { secret, response }: { readonly secret: string; readonly response: unknown },
    site: Site,
  ): Promise<OperatorDocument> {
    const { operators, challenges, clock, log } = this.#options;
    await this.invited(secret);
    const answer = response as RegistrationResponseJSON;
    const challenge = challengeIn(answer.response.clientDataJSON);
    if (!challenges.isOurs(challenge)) throw refused();
    const passkey = await createdPasskey(answer, { site, challenge, now: clock.now(), log });
    if (!passkey) throw refused();
    const operator = await operators.redeem('invite', secret, (doc) => ({
      ...doc,
      passkeys: [...doc.passkeys.filter(({ id }) => id !== passkey.id), passkey],
    }));
    if (!operator) throw linkOver();
    return operator;
  }

  /** @throws AppError `not_found`; `invalid` for a code that does not belong to the secret */
  async enrollPassword(request: EnrollPassword): Promise<OperatorDocument> {
    const { operators, guesses, sealer, clock } = this.#options;
    const { secret, password, code, codeSecret } = request;
    const { _id: name, password: before } = await this.invited(secret);
    const codes = new Secret(codeSecret);
    const lastStep = stepOf(code, codes, { now: clock.now(), after: 0 });
    if (lastStep === undefined) {
      throw new AppError(
        'invalid',
        'This code does not belong to the key that was scanned: scan it again, and see that the clock of the phone is right.',
      );
    }
    const number = (before?.codes.number ?? 0) + 1;
    const sealed = sealer.seal(labelOf(name, number), codes);
    const kept = { ...(await hashPassword(password)), codes: { number, sealed }, lastStep };
    const operator = await operators.redeem('invite', secret, (doc) => ({
      ...doc,
      password: kept,
    }));
    if (!operator) throw linkOver();
    await guesses.forget(name);
    return operator;
  }

  /** By a link that signs in at once. @throws AppError `not_found` */
  async admit(secret: string): Promise<OperatorDocument> {
    const operator = await this.#options.operators.redeem('admit', secret, (doc) => doc);
    if (!operator) throw linkOver();
    return operator;
  }

  requestOptions(site: Site) {
    return requestOptions(site, this.#options.challenges.create());
  }

  /** @throws AppError `unauthorized` */
  async byPasskey(response: unknown): Promise<OperatorDocument> {
    const { operators, challenges, log } = this.#options;
    const answer = response as AuthenticationResponseJSON;
    const challenge = challengeIn(answer.response.clientDataJSON);
    if (!challenges.isOurs(challenge)) throw refused();
    const found = (await operators.all()).find(({ doc }) =>
      doc.passkeys.some(({ id }) => id === answer.id),
    );
    const passkey = found?.doc.passkeys.find(({ id }) => id === answer.id);
    if (!found?.doc.isEnabled || !passkey) throw refused();
    const counter = await signedCounter(answer, { passkey, challenge, log });
    if (counter === undefined) throw refused();
    if (!(await challenges.take(challenge, found.doc._id))) throw refused();
    if (counter === passkey.counter) return found.doc;
    const passkeys = found.doc.passkeys.map((each) =>
      each.id === passkey.id ? { ...each, counter } : each,
    );
    const operator = { ...found.doc, passkeys };
    if (!(await operators.replace(operator, found.rev))) throw refused();
    return operator;
  }

  /** @throws AppError `unauthorized`, `rate_limited` */
  async byPassword(
    { name: typed, password, code }: PasswordSignIn,
    address: string | undefined,
  ): Promise<OperatorDocument> {
    const { operators, guesses, clock, log } = this.#options;
    const name = typed.normalize('NFKC').trim();
    await guesses.count({ name, address });
    const found = (await operators.all()).find(({ doc }) => doc._id === name);
    const kept = found?.doc.isEnabled ? found.doc.password : undefined;
    const isRight = await isPassword(password, kept);
    const step =
      found && kept && /^\d{6}$/.test(code)
        ? stepOf(code, this.#codesOf(name, kept), { now: clock.now(), after: kept.lastStep })
        : undefined;
    if (!found || !kept || !isRight || step === undefined) {
      log.warn('sign-in refused', { reason: 'password' });
      throw refused();
    }
    const operator = { ...found.doc, password: { ...kept, lastStep: step } };
    // Whoever uses the same code at the same moment is refused.
    if (!(await operators.replace(operator, found.rev))) throw refused();
    await guesses.forget(name);
    return operator;
  }

  #codesOf(name: string, { codes }: PasswordRecord): Secret {
    return this.#options.sealer.open(labelOf(name, codes.number), codes.sealed);
  }
}

function labelOf(name: string, generation: number) {
  return { purpose: `console codes ${name}`, generation };
}

/** What the browser says that it was asked; '' if it says nothing that can be read. */
function challengeIn(clientDataJSON: string): string {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    const { challenge } = Object(data) as { readonly challenge?: unknown };
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return '';
  }
}

function refused(): AppError {
  return new AppError(
    'unauthorized',
    'That did not work: the name, the password, the code or the passkey is not right.',
  );
}

function linkOver(): AppError {
  return new AppError(
    'not_found',
    'This link is over: each is good once and for three days. Ask for a new one.',
  );
}
