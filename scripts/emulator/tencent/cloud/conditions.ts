import { CloudError } from './error.ts';

/** How a change of a function ends, where it does not end well. */
export interface Ending {
  readonly Status: 'CreateFailed' | 'UpdateFailed';
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
  /** Only of this function; default: of the next one. */
  readonly FunctionName?: string;
}

/**
 * What an account can be like. Everything is as in an account that is in use; each field is a switch
 * that makes it as unfriendly as a fresh or a forgotten one. (The log service is closed in `logs`, a
 * role is missing when it is deleted from `access`, and the environment is PostgreSQL by its kind.)
 */
export class Conditions {
  /** Whether its owner has proved who he is, without which nothing can be made. */
  hasRealName = true;
  /** Whether bills are unpaid: nothing can be made, changed or invoked. */
  isInArrears = false;
  /** Whether object storage has been opened. */
  isObjectStorageOpen = true;
  /** Functions that a namespace may have. */
  functionQuota = 50;
  /** Whether UpdateTrigger takes addresses, which is not documented. */
  changesAddresses = true;
  /** So many of the next changes are refused, although the function is active again. */
  relapses = 0;
  readonly #endings: Ending[] = [];

  /** The next change ends so. */
  endIn(ending: Ending): void {
    this.#endings.push(ending);
  }

  takeEnding(Status: Ending['Status'], FunctionName: string): Ending | undefined {
    const at = this.#endings.findIndex(
      (each) =>
        each.Status === Status &&
        (each.FunctionName === undefined || each.FunctionName === FunctionName),
    );
    return at < 0 ? undefined : this.#endings.splice(at, 1)[0];
  }

  /** @throws CloudError if nothing can be made in an account like this. */
  demandCreatable(): void {
    if (!this.hasRealName) {
      throw new CloudError(
        'FailedOperation.OpenService',
        'The account has not passed real-name verification (未实名认证).',
      );
    }
  }

  /** @throws CloudError if nothing runs in an account like this. */
  demandPaid(): void {
    if (!this.isInArrears) return;
    throw new CloudError('ResourceUnavailable.InsufficientBalance', 'The balance is not enough.');
  }

  /** @throws CloudError if a change comes while the function has fallen back. */
  demandCalm(FunctionName: string): void {
    if (this.relapses === 0) return;
    this.relapses -= 1;
    throw new CloudError('FailedOperation.FunctionStatusError', `${FunctionName} is busy.`);
  }
}
