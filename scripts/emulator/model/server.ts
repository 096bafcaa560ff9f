import type { Server } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { listenOnLoopback } from '../loopback.ts';
import { strangeness } from '../own-machine.ts';
import type { EmulatedModel } from './model.ts';

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
  const { url, close } = await listenOnLoopback(server, port);
  return { url: `${url}/v1`, close };
}
