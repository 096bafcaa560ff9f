import type { InvokeOptions } from './options.ts';

/**
 * Asks the running `npm start` to invoke a function, and gives what the function answered.
 *
 * @throws Error that says what to do when nothing answers, or not what `npm start` would.
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
      `What answers on port ${port} is not \`npm start\` (HTTP ${response.status}).`,
      {
        cause,
      },
    );
  }
}
