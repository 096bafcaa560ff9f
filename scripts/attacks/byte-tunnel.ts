import { type AddressInfo, connect, createServer } from 'node:net';

/** Forwards bytes and knows nothing of HTTP, like `ssh -R` and frp: no header tells of it. */
export async function openByteTunnel(
  port: number,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((client) => {
    const target = connect(port, '127.0.0.1');
    client.pipe(target).pipe(client);
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
