import * as v from 'valibot';

/** Letters, digits, `-` and `_`; 2 to 60 of them; a letter first, a letter or digit last. */
const functionName = v.pipe(v.string(), v.regex(/^[A-Za-z][\w-]{0,58}[A-Za-z0-9]$/));

export const functionId = {
  FunctionName: functionName,
  Namespace: v.optional(v.string(), 'default'),
};

/** `file.function`, without a path; each 2 to 60 characters. */
export const handler = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z][\w-]{0,58}[A-Za-z]\.[A-Za-z][\w-]{0,58}[A-Za-z]$/),
);

export const runtime = v.picklist([
  'Nodejs16.13',
  'Nodejs18.15',
  'Nodejs20.19',
  'Nodejs22.21',
  'Nodejs24.11',
]);

const RESERVED = /^(SCF_|QCLOUD_|TENCENTCLOUD_)/;

/** What both making and changing a function take. */
export const settings = {
  Description: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
  /** MB: 64, or a multiple of 128 up to 3072. */
  MemorySize: v.exactOptional(
    v.pipe(
      v.number(),
      v.check((mb) => mb === 64 || (mb % 128 === 0 && mb >= 128 && mb <= 3072)),
    ),
  ),
  Timeout: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(900))),
  InitTimeout: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(300))),
  Role: v.exactOptional(v.string()),
  Environment: v.exactOptional(
    v.strictObject({
      Variables: v.array(
        v.strictObject({
          Key: v.pipe(
            v.string(),
            v.regex(/^[A-Za-z]\w*$/),
            v.check((name) => !RESERVED.test(name), 'belongs to the platform'),
          ),
          Value: v.string(),
        }),
      ),
    }),
  ),
  InstanceConcurrencyConfig: v.exactOptional(
    v.strictObject({
      DynamicEnabled: v.picklist(['TRUE', 'FALSE', '']),
      MaxConcurrency: v.exactOptional(
        v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
      ),
    }),
  ),
  VpcConfig: v.exactOptional(v.strictObject({ VpcId: v.string(), SubnetId: v.string() })),
  PublicNetConfig: v.exactOptional(
    v.strictObject({
      PublicNetStatus: v.picklist(['ENABLE', 'DISABLE']),
      EipConfig: v.strictObject({ EipStatus: v.picklist(['ENABLE', 'DISABLE']) }),
    }),
  ),
};
