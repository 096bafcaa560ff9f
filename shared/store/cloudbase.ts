import { cloudbaseVerdict, reasonFor } from './cloudbase-failure.ts';
import type { Credentials } from './credentials.ts';
import { createDrivenStore, type DrivenStore, type StorePace } from './driven-store.ts';
import { failure } from './failure.ts';
import { type Keyring, linkBy } from './keyring.ts';
import type { Link } from './link.ts';
import type { Driver } from './sdk/driver.ts';

export interface CloudbaseStoreOptions extends StorePace {
  readonly envId: string;
  /** Called before every operation, because SCF renews the credentials of a running instance. */
  readonly credentials: () => Credentials | undefined;
  /** In place of `credentials` in a process that outlives its keys. */
  readonly keyring?: Keyring | undefined;
  /** The address of an emulator, in place of the service's own. */
  readonly serviceUrl?: string | undefined;
  /** The SDK to use; default: the one that the build has put behind `#store-driver`. */
  readonly driver?: () => Promise<Driver>;
}

let sdk: Promise<Driver> | undefined;

/** The SDK is loaded once for the process, by the first store that needs it. */
function loadSdk(): Promise<Driver> {
  sdk ??= import('#store-driver');
  return sdk;
}

/** Whether this process has loaded the SDK, or is loading it. */
export function isSdkLoaded(): boolean {
  return sdk !== undefined;
}

/** The store on CloudBase. Its first operation loads the SDK. */
export function createCloudbaseStore(options: CloudbaseStoreOptions): DrivenStore {
  const { envId, serviceUrl } = options;
  let driver: Promise<Driver> | undefined;
  let current: { readonly key: string; readonly link: Link } | undefined;

  function load(): Promise<Driver> {
    driver ??= (options.driver ?? loadSdk)();
    return driver;
  }

  function linkOf(connect: Driver['connect'], keys: Credentials, timeoutMs: number): Link {
    const { secretId } = keys;
    const secretKey = keys.secretKey.reveal();
    const sessionToken = keys.sessionToken?.reveal();
    const key = JSON.stringify([secretId, secretKey, sessionToken]);
    if (current?.key !== key) {
      const place = { envId, serviceUrl, timeoutMs };
      current = { key, link: connect({ ...place, secretId, secretKey, sessionToken }) };
    }
    return current.link;
  }

  return createDrivenStore({
    ...options,
    load,
    verdict: (error) => cloudbaseVerdict(reasonFor(error)),
    async connect(timeoutMs) {
      const { keyring } = options;
      // Before the SDK sees anything: without credentials it crashes the process.
      const credentials = keyring ? keyring.current() : options.credentials();
      if (!credentials) {
        throw failure(cloudbaseVerdict('credentials_missing'), { operation: 'connect' });
      }
      const { connect } = await load();
      return keyring
        ? linkBy(keyring, (keys = credentials) => linkOf(connect, keys, timeoutMs), isRefusal)
        : linkOf(connect, credentials, timeoutMs);
    },
  });
}

/** Whether it was the keys that the service did not accept. */
function isRefusal(error: unknown): boolean {
  return reasonFor(error) === 'credentials';
}
