/** Why an invocation failed, in the platform's own words. */
export interface Failure {
  /** 1 when the function's code threw, -1 otherwise. */
  readonly errorCode: 1 | -1;
  readonly errorMessage: string;
  /** https://cloud.tencent.com/document/product/583/35311 */
  readonly statusCode: StatusCode;
  readonly status: string;
  /** Only with `errorCode` 1. */
  readonly stackTrace?: string;
}

const statuses = {
  400: 'InvalidParameterValue',
  406: 'RequestTooLarge',
  407: 'The size of response exceeds the upper limit (6MB)',
  430: 'User code exception caught',
  432: 'ResourceLimitReached',
  433: 'TimeLimitReached',
  434: 'MemoryLimitReached',
  435: 'FunctionNotFound',
  437: 'HandlerNotFound',
  439: 'User process exit when running',
  450: 'InitContainerTimeout',
  500: 'InternalError',
  502: 'BadGateway',
} as const;

export type StatusCode = keyof typeof statuses;

function failure(statusCode: StatusCode, errorMessage: string): Failure {
  return { errorCode: -1, errorMessage, statusCode, status: statuses[statusCode] };
}

export const failures = {
  notJson: (reason: string) => failure(400, `The event is not JSON: ${reason}`),
  eventTooLarge: (bytes: number, limit: number) =>
    failure(406, `The request event has ${bytes} bytes, the limit is ${limit}`),
  resultTooLarge: () => failure(407, 'body size is too long'),
  userCode: (stackTrace: string): Failure => ({
    errorCode: 1,
    errorMessage: 'user code exception caught',
    statusCode: 430,
    status: statuses[430],
    stackTrace,
  }),
  noInstance: (name: string, maxInstances: number) =>
    failure(
      432,
      `Function [ ${name} ] concurrency exceeded reserved quota: ${maxInstances} instances`,
    ),
  timeLimit: (seconds: number) => failure(433, `Invoking task timed out after ${seconds} seconds`),
  memoryLimit: (memoryMb: number) => failure(434, `Memory limit of ${memoryMb} MB reached`),
  noFunction: (name: string) => failure(435, `Function [ ${name} ] not found`),
  noHandler: (handler: string) => failure(437, `Handler [ ${handler} ] not found`),
  exited: (how: string) => failure(439, `User process exit when running (${how})`),
  initTimeLimit: (seconds: number) =>
    failure(450, `Initialization timed out after ${seconds} seconds`),
  notHttp: (name: string) =>
    failure(400, `Function [ ${name} ] is an HTTP function: it takes requests, not events`),
  badGateway: (reason: string) => failure(502, `The server of the function: ${reason}`),
  closed: () => failure(500, 'The emulator was closed'),
};
