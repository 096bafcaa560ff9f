import type { Link } from '../link.ts';
import type { StorageLink } from '../storage-link.ts';

export interface ConnectOptions {
  readonly envId: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** Temporary credentials have one. */
  readonly sessionToken?: string | undefined;
  /** The address of an emulator, in place of the service's own. */
  readonly serviceUrl?: string | undefined;
  /** The SDK gives up after this long without a byte, so that it keeps no dead sockets. */
  readonly timeoutMs: number;
}

/** The functions of the environment. */
export interface FunctionsLink {
  /** Waits for the end of the function, and goes on without its answer. */
  readonly call: (name: string, data: object) => Promise<void>;
}

/**
 * What a build puts behind `#store-driver`: one SDK and the link over it. It is a file of its own that
 * is loaded when needed, so it must not contain anything whose identity matters, such as `AppError`.
 */
export interface Driver {
  readonly connect: (options: ConnectOptions) => Link;
  readonly connectStorage: (options: ConnectOptions) => StorageLink;
  readonly connectFunctions: (options: ConnectOptions) => FunctionsLink;
}
