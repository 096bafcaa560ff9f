import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { listenOnLoopback } from '../emulator/loopback.ts';
import { portsTaken, takenPort } from './taken-port.ts';

test('a port in use is named as it was asked for, with another to try', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as { readonly port: number };

  const error: unknown = await listenOnLoopback(createHttpServer(), port).catch((e: unknown) => e);
  await new Promise((resolve) => holder.close(resolve));

  expect(takenPort(error)).toBe(port);
  expect(portsTaken(port - 1, port, error).message).toMatch(
    new RegExp(
      `^port ${port}, which --port ${port - 1} needs for the WeChat API, is in use by another program\\. .*npm start -- --port \\d+`,
    ),
  );
  expect(takenPort(new Error('Something else'))).toBeUndefined();
});
