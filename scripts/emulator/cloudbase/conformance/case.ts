import type { CloudbaseEmulator } from '../index.ts';
import type { Credentials, Sdk } from './sdk.ts';

/** What a case works with: an emulator with the empty collection `c`, and the SDK under test. */
export interface CaseWorld {
  readonly sdk: Sdk;
  /** The other SDK, on the same data. */
  readonly other: Sdk;
  readonly emulator: CloudbaseEmulator;
  /** The SDK under test with something else about its credentials. */
  readonly as: (change: Partial<Credentials>) => Sdk;
}

/** One thing that both SDKs must find true. */
export type Cases = Readonly<Record<string, (world: CaseWorld) => Promise<void>>>;

export const ENV = 'env-conformance';
export const OTHER_ENV = 'env-other';

/** What a call failed with. */
export async function failureOf(call: Promise<unknown>): Promise<{
  readonly code: unknown;
  readonly message: string;
}> {
  try {
    await call;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    return { code, message };
  }
  throw new Error('The call succeeded where a failure was expected.');
}
