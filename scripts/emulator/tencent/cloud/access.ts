import { randomBytes } from 'node:crypto';
import type { Account } from '../account.ts';
import { CloudError } from './error.ts';
import { allows, type Policy, trusts, type Wish } from './policy.ts';

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Who may become it. */
  document: string;
  readonly policies: Set<number>;
}

export interface KeptPolicy {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  document: string;
}

export interface SubAccount {
  readonly uin: number;
  readonly name: string;
  readonly policies: Set<number>;
  keys: { readonly secretId: string; readonly secretKey: string } | undefined;
}

/** Who calls: the owner of the account, or one of its sub-accounts. */
export interface Principal {
  readonly uin: string;
  readonly keys: Account;
  /** Undefined: the owner, who may do everything. */
  readonly policies: readonly Policy[] | undefined;
}

/** Roles, policies and sub-accounts of the account: CAM. */
export class Access {
  readonly roles = new Map<string, Role>();
  readonly policies = new Map<number, KeptPolicy>();
  readonly users = new Map<string, SubAccount>();
  readonly #account: Account;
  #lastId = 100_000_000_100;

  constructor(account: Account) {
    this.#account = account;
    // As in an account that has used SCF's template and CloudBase; a fresh one has neither.
    for (const name of ['SCF_ExecuteRole', 'TCB_QcsRole']) this.#addPlatformRole(name);
  }

  #addPlatformRole(name: string): void {
    const statement = [
      { effect: 'allow', action: 'name/sts:AssumeRole', principal: { service: 'scf.qcloud.com' } },
    ];
    this.roles.set(name, {
      id: String(this.nextId()),
      name,
      description: '',
      document: JSON.stringify({ version: '2.0', statement }),
      policies: new Set(),
    });
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** What a click on "create a key" in the console gives. */
  giveKeys(name: string): { readonly secretId: string; readonly secretKey: string } {
    const user = this.users.get(name);
    if (!user) throw new Error(`There is no sub-account ${name}.`);
    user.keys = {
      secretId: `AKID${randomBytes(16).toString('hex')}`,
      secretKey: randomBytes(16).toString('hex'),
    };
    return user.keys;
  }

  /** Whose keys these are; the owner's where nobody has them, whose signature then fails. */
  principalOf(secretId: string | undefined): Principal {
    const user = [...this.users.values()].find(({ keys }) => keys?.secretId === secretId);
    if (!user?.keys) {
      return { uin: this.#account.uin, keys: this.#account, policies: undefined };
    }
    const { appid, uin } = this.#account;
    return {
      uin: String(user.uin),
      keys: { appid, uin, ...user.keys },
      policies: this.#documentsOf(user.policies),
    };
  }

  /** @throws CloudError if the policies do not allow it. */
  demand({ policies }: Principal, wish: Wish): void {
    if (policies === undefined || allows(policies, wish)) return;
    throw new CloudError(
      wish.action.startsWith('cos:') ? 'AccessDenied' : 'UnauthorizedOperation',
      `you are not authorized to perform operation (${wish.action}) resource (${wish.resource}) has no permission`,
    );
  }

  /** Whether functions that run under the role may do it. */
  roleAllows(name: string, wish: Wish): boolean {
    const role = this.roles.get(name);
    if (!role || !trusts(JSON.parse(role.document) as Policy, 'scf.qcloud.com')) return false;
    return allows(this.#documentsOf(role.policies), wish);
  }

  #documentsOf(ids: ReadonlySet<number>): readonly Policy[] {
    return [...ids].flatMap((id) => {
      const kept = this.policies.get(id);
      return kept ? [JSON.parse(kept.document) as Policy] : [];
    });
  }
}
