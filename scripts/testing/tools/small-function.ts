import { zipSync } from 'fflate';
import type { TencentEmulator } from '../../emulator/tencent/index.ts';
import { callCloud, type Keys } from './cloud-call.ts';

export interface SmallFunction {
  readonly name: string;
  /** CommonJS that exports `main`. */
  readonly code: string;
  /** Default: `default`, where SCF has its functions. */
  readonly namespace?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The topic that its lines go to. */
  readonly topicId?: string;
}

/** Puts a function of a few lines into the emulated cloud, by the cloud's own API. */
export async function deploySmallFunction(
  tencent: TencentEmulator,
  keys: Keys,
  { name, code, namespace = 'default', environment = {}, topicId }: SmallFunction,
): Promise<void> {
  const zip = zipSync({ 'index.js': Buffer.from(code) });
  const { Error: error } = await callCloud(tencent, keys, 'scf', 'CreateFunction', {
    FunctionName: name,
    Namespace: namespace,
    Handler: 'index.main',
    Runtime: 'Nodejs20.19',
    Code: { ZipFile: Buffer.from(zip).toString('base64') },
    Environment: { Variables: Object.entries(environment).map(([Key, Value]) => ({ Key, Value })) },
    ...(topicId === undefined ? {} : { ClsTopicId: topicId }),
  });
  if (error) throw new Error(`${name} was not created: ${error.Message}`);
}
