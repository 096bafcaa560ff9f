import type { InvokeOptions } from './options.ts';

/**
 * Has the running `npm start` invoke a function, and gives the answer of the function.
 *
 * @throws Error that says what to do when no `npm start` listens on the port
 */
export async function call({ function: name, event, port }: InvokeOptions): Promise<unknown> {
  const address = `http://127.0.0.1:${port}/emulator/invoke`;
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ function: name, event }),
  }).catch((cause: unknown) => {
    throw new Error(
      `Nothing answers on port ${port}. Run \`npm start\` in another terminal, or name its --port.`,
      { cause },
    );
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(
      `Another program than \`npm start\` answers on port ${port} (HTTP ${response.status}).`,
      {
        cause,
      },
    );
  }
}
