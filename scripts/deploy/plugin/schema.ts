import { RUNTIME } from '../../project/runtimes.ts';

/**
 * What serverless.yml may say. With `configValidationMode: error` a typo stops the command before
 * anything happens. (Types are spelled with anyOf: the framework's validator refuses lists.)
 */
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const whole = (minimum: number, maximum: number) =>
  ({ type: 'integer', minimum, maximum }) as const;
const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const common = {
  description: text,
  /** MB; SCF has 64 and the multiples of 128. */
  memorySize: { enum: [64, ...Array.from({ length: 24 }, (_, at) => 128 * (at + 1))] },
  /** Seconds. */
  timeout: whole(1, 900),
  /** Seconds that loading the code may take. */
  initTimeout: whole(3, 300),
  runtime: { type: 'string', pattern: RUNTIME.source },
  /** The role that the running function has. */
  role: text,
  environment: object({
    variables: {
      type: 'object',
      additionalProperties: { anyOf: [text, { type: 'number' }, flag] },
    },
  }),
  vpcConfig: object({ vpcId: text, subnetId: text }),
  /** Whether calls to the internet come from an address that stays, for WeChat's IP whitelist. */
  fixedEgressIp: flag,
  /** The topic of the log service; `npm run setup` makes one. */
  logs: object({ logsetId: text, topicId: text }),
} as const;

const cors = object({
  origins: { type: 'array', items: text },
  methods: { type: 'array', items: text },
  headers: { type: 'array', items: text },
  maxAgeSeconds: whole(0, 86_400),
  credentials: flag,
});

/** A domain of the account's own, and which function answers at which of its paths. */
const domain = object(
  {
    name: text,
    certificateId: text,
    routes: {
      type: 'object',
      patternProperties: { '^/(\\*|[\\w.-]+(/[\\w.-]+)*(/\\*)?)?$': text },
      additionalProperties: false,
    },
    checkCname: flag,
  },
  ['name', 'routes'],
);

export const tencentSchema = {
  provider: {
    properties: { ...common, region: text, stage: text, cosBucket: text, domain },
  },
  function: {
    properties: {
      ...common,
      handler: text,
      /** An HTTP function runs the server that the build puts beside its handler. */
      type: { enum: ['event', 'http'] },
      /** Requests at a time in one instance of an HTTP function. */
      concurrency: whole(1, 100),
      /** A Function URL: what API Gateway triggers were used for. */
      url: {
        anyOf: [
          flag,
          object({ authType: { enum: ['NONE', 'CAM'] }, extranet: flag, intranet: flag, cors }),
        ],
      },
      /** What follows when an asynchronous invocation or a timer fails. */
      asyncInvoke: object({ maxRetries: whole(0, 2), maxAgeSeconds: whole(60, 21_600) }),
      /** MB of the account's concurrency that are kept for this function and are its limit. */
      reservedConcurrencyMem: whole(128, 1_280_000),
    },
    required: ['handler'],
  },
  functionEvents: {
    timer: object(
      {
        name: text,
        parameters: object({ cronExpression: text, enable: flag, argument: text }, [
          'cronExpression',
        ]),
      },
      ['name', 'parameters'],
    ),
  },
} as const;
