import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { strangeness } from '../own-machine.ts';
import type { EmulatedModel } from './model.ts';

const LOOPBACK = '127.0.0.1';

/** The model on a port of this machine; 0 takes a free one. @throws Error if the port is taken */
export async function listenModel(
  model: EmulatedModel,
  port: number,
): Promise<{
  /** What goes into `MODEL_URL`, such as `http://127.0.0.1:8810/v1`. */
  readonly url: string;
  close(): Promise<void>;
}> {
  const server = createAdaptorServer({
    async fetch(request, env) {
      const { incoming } = env as HttpBindings;
      const stranger = strangeness(incoming.headers, { isTunnelled: false });
      if (stranger) return Response.json({ error: { message: stranger } }, { status: 403 });
      return model.fetch(request, () => incoming.socket.destroy());
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/v1`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
