/** A failure that the service reports: HTTP 200 with `{ code, message, requestId }`. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const ADVICE = 'Please check your request, but if the problem persists, contact us.';

export const invalidParam = (message: string) =>
  new ServiceError('INVALID_PARAM', `[InvalidParameter] ${message}. ${ADVICE}`);

export const requestFailed = (message: string) =>
  new ServiceError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${message}. ${ADVICE}`);

/** The spelling of the code is the service's own. */
export const invalidOperator = (operator: string) =>
  new ServiceError(
    'DATABASE_INVALID_OPERRATOR',
    `[InvalidParameter.Operator] Operator ${operator} is not supported. ${ADVICE}`,
  );

export const collectionNotExist = (collection: string) =>
  new ServiceError(
    'DATABASE_COLLECTION_NOT_EXIST',
    `[ResourceNotFound] Db or Table not exist: ${collection}. ${ADVICE}`,
  );

export const collectionAlreadyExist = (collection: string) =>
  new ServiceError(
    'DATABASE_COLLECTION_ALREADY_EXIST',
    `[ResourceInUse] Table exist: ${collection}. ${ADVICE}`,
  );

export const permissionDenied = () =>
  new ServiceError('DATABASE_PERMISSION_DENIED', `[AccessDenied] Permission denied. ${ADVICE}`);

export const databaseTimeout = () =>
  new ServiceError(
    'DATABASE_TIMEOUT',
    `[ResourceUnavailable.Timeout] The document is locked by a transaction. ${ADVICE}`,
  );

export const transactionConflict = () =>
  new ServiceError(
    'DATABASE_TRANSACTION_CONFLICT',
    '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by ' +
      `others. ${ADVICE}`,
  );

export const transactionNotExist = () =>
  new ServiceError(
    'DATABASE_TRANSACTION_FAIL',
    '[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, ' +
      `transaction must be commit or abort in 30 seconds. ${ADVICE}`,
  );

/** Both codes are reported for the real service, so the emulator can give either. */
export type DuplicateFlavour = 'request-failed' | 'duplicate-write';

export const duplicateKey = (
  flavour: DuplicateFlavour,
  { collection, index, key }: { collection: string; index: string; key: string },
) => {
  const cause = `E11000 duplicate key error collection: tnt-emulator.${collection} index: ${index} dup key: ${key}`;
  return flavour === 'duplicate-write'
    ? new ServiceError('DATABASE_DUPLICATE_WRITE', `[FailedOperation.DuplicateWrite] ${cause}`)
    : new ServiceError(
        'DATABASE_REQUEST_FAILED',
        `[FailedOperation.Insert] multiple write errors: [{write errors: [{${cause}}]}, {<nil>}]`,
      );
};
