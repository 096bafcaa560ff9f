import { zipSync } from 'fflate';
import { signedHeaders } from '../../../shared/app/wake/tc3.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import type { Account } from '../../emulator/tencent/account.ts';
import type { TencentEmulator } from '../../emulator/tencent/index.ts';

export interface SmallFunction {
  readonly name: string;
  /** CommonJS that exports `main`. */
  readonly code: string;
  /** Default: `default`, where SCF has its functions. */
  readonly namespace?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Puts a function of a few lines into the emulated cloud, by the cloud's own API. */
export async function deploySmallFunction(
  tencent: TencentEmulator,
  account: Account,
  { name, code, namespace = 'default', environment = {} }: SmallFunction,
): Promise<void> {
  const zip = zipSync({ 'index.js': Buffer.from(code) });
  const body = JSON.stringify({
    FunctionName: name,
    Namespace: namespace,
    Handler: 'index.main',
    Runtime: 'Nodejs20.19',
    Code: { ZipFile: Buffer.from(zip).toString('base64') },
    Environment: { Variables: Object.entries(environment).map(([Key, Value]) => ({ Key, Value })) },
  });
  const url = new URL('https://scf.tencentcloudapi.com/');
  const call = { url, service: 'scf', action: 'CreateFunction', version: '2018-04-16', body };
  const credentials = { secretId: account.secretId, secretKey: new Secret(account.secretKey) };
  const { host: _, ...headers } = signedHeaders(
    { ...call, region: 'ap-shanghai', now: Date.now() },
    credentials,
  );
  const answer = await tencent.fetch(url, { method: 'POST', headers, body });
  const { Response } = (await answer.json()) as { Response: { Error?: { Message: string } } };
  if (Response.Error) throw new Error(`${name} was not created: ${Response.Error.Message}`);
}
