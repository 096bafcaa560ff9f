import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const LOOPBACK = '127.0.0.1';

export interface LoopbackServer {
  readonly port: number;
  /** Without a `/` at its end, such as `http://127.0.0.1:8801`. */
  readonly url: string;
  /** Ends every connection, also those that are in use. */
  close(): Promise<void>;
}

/** Lets a server listen on this machine alone; port 0 takes a free one. @throws Error if the port is taken */
export async function listenOnLoopback(server: Server, port: number): Promise<LoopbackServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    url: `http://${LOOPBACK}:${bound}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
