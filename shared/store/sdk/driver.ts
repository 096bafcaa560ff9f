import type { Link } from '../link.ts';
import type { StorageLink } from '../storage-link.ts';

export interface ConnectOptions {
  readonly envId: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined;
  /** Another address than the service's own: the emulator. */
  readonly serviceUrl?: string | undefined;
  /** After this long without a byte the SDK gives up too, so that it does not keep dead sockets. */
  readonly timeoutMs: number;
}

/** The functions of the environment. */
export interface FunctionsLink {
  /** Waits for the end of the function, and goes on without its answer. */
  readonly call: (name: string, data: object) => Promise<void>;
}

/**
 * What a build puts behind `#store-driver`: one SDK and the link over it. It is loaded on its own,
 * when first needed, so it must not bring along anything whose identity matters, such as `AppError`.
 */
export interface Driver {
  readonly connect: (options: ConnectOptions) => Link;
  readonly connectStorage: (options: ConnectOptions) => StorageLink;
  readonly connectFunctions: (options: ConnectOptions) => FunctionsLink;
}
