import * as v from 'valibot';
import { RUNTIME } from '../../project/runtimes.ts';

/**
 * What cloudbaserc.json may say: the fields that CloudBase's CLI takes over into its calls, by the types of
 * `@cloudbase/manager-node` 5.6 and https://docs.cloudbase.net/cli-v1/functions/configs. The CLI passes
 * over what it does not know, so a typo ends here instead.
 */
const text = v.string();
const optionalText = v.exactOptional(text);
const optionalFlag = v.exactOptional(
  v.union([v.boolean(), v.picklist(['TRUE', 'FALSE'])], 'Expected true or false'),
);
const status = v.picklist(['ENABLE', 'DISABLE']);

export const functionSchema = v.strictObject({
  name: text,
  description: optionalText,
  dir: optionalText,
  handler: text,
  runtime: v.pipe(text, v.regex(RUNTIME, 'Expected Node.js 20 or newer, such as Nodejs24.11')),
  memorySize: v.number(),
  timeout: v.number(),
  initTimeout: v.exactOptional(v.number()),
  // The bundles hold everything: an installation in the cloud could only bring something else.
  installDependency: v.literal(false),
  isWaitInstall: v.exactOptional(v.boolean()),
  ignore: v.exactOptional(v.union([text, v.array(text)])),
  envVariables: v.record(text, text),
  /** An HTTP access path. */
  path: v.exactOptional(v.pipe(text, v.regex(/^\/[\w/-]*$/, 'Expected a path, such as /callback'))),
  triggers: v.exactOptional(
    v.array(v.strictObject({ name: text, type: v.literal('timer'), config: text })),
  ),

  // How it runs.
  type: v.exactOptional(v.picklist(['Event', 'HTTP'])),
  protocolType: v.exactOptional(v.literal('WS')),
  protocolParams: v.exactOptional(
    v.strictObject({
      wsParams: v.exactOptional(v.strictObject({ idleTimeOut: v.exactOptional(v.number()) })),
    }),
  ),
  instanceConcurrencyConfig: v.exactOptional(
    v.strictObject({
      dynamicEnabled: optionalFlag,
      maxConcurrency: v.exactOptional(v.pipe(v.number(), v.minValue(1), v.maxValue(100))),
      instanceIsolationEnabled: optionalFlag,
      type: optionalText,
      mixNodeConfig: v.exactOptional(v.unknown()),
      sessionConfig: v.exactOptional(v.unknown()),
    }),
  ),
  imageConfig: v.exactOptional(v.record(text, v.unknown())),
  layers: v.exactOptional(v.array(v.strictObject({ name: text, version: v.number() }))),
  role: optionalText,
  asyncRunEnable: optionalFlag,
  publish: optionalFlag,
  codeSecret: optionalText,
  tags: v.exactOptional(v.array(v.strictObject({ key: text, value: text }))),

  // Its network.
  vpc: v.exactOptional(v.strictObject({ vpcId: text, subnetId: text })),
  /** `eipStatus`: whether its calls to the internet come from an address that stays. */
  publicNetConfig: v.exactOptional(
    v.strictObject({
      publicNetStatus: status,
      eipConfig: v.exactOptional(v.strictObject({ eipStatus: status })),
    }),
  ),
  intranetConfig: v.exactOptional(v.record(text, v.unknown())),
  dnsCache: optionalFlag,
  l5: optionalFlag,
  cfsConfig: v.exactOptional(v.record(text, v.unknown())),

  // Its log.
  clsLogsetId: optionalText,
  clsTopicId: optionalText,
  autoCreateClsTopic: optionalFlag,
  autoDeployClsTopicIndex: optionalFlag,
  ignoreSysLog: v.exactOptional(v.boolean()),
  traceEnable: optionalFlag,
  deadLetterConfig: v.exactOptional(v.record(text, v.unknown())),
});

/** The file itself. Its functions are checked when what they have in common has been filled in. */
export const fileSchema = v.strictObject({
  $schema: optionalText,
  version: text,
  envId: text,
  region: optionalText,
  functionRoot: text,
  functionDefaultConfig: v.exactOptional(v.record(text, v.unknown())),
  functions: v.array(v.looseObject({ name: text })),
  framework: v.exactOptional(v.record(text, v.unknown())),
});

export const defaultsSchema = v.partial(functionSchema);

export type CloudbaseFunction = v.InferOutput<typeof functionSchema>;
