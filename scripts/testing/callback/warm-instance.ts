import { createRequire } from 'node:module';
import { decrypt } from '@wecom/crypto';
import { testAccount, testEnv } from '../test-account.ts';
import { signedPush, textMessage } from './signed-push.ts';

/**
 * One warm instance and many messages. Loads a built callback bundle as SCF does, once, and prints
 * how much memory it holds after some and after all of them, and how many answers were not the echo
 * of their own message. Run with `--expose-gc`.
 */
const [bundle = '', count = '10000'] = process.argv.slice(2);
Object.assign(process.env, testEnv, { LOG_LEVEL: 'error' });

const { main } = createRequire(import.meta.url)(bundle) as {
  main: (event: unknown, context: unknown) => Promise<{ statusCode: number; body: string }>;
};
const WARM_UP = 2_000;
let wrong = 0;
await send(WARM_UP);
const before = heapBytes();
await send(Number(count) - WARM_UP);
const after = heapBytes();
process.stdout.write(`${JSON.stringify({ before, after, wrong })}\n`);

async function send(messages: number): Promise<void> {
  for (let index = 0; index < messages; index += 1) {
    const now = Date.now();
    const content = `message ${index} of ${messages}`;
    const { query, body } = signedPush(textMessage(content, now, String(index)), {
      mode: 'safe',
      now,
    });
    const event = { httpMethod: 'POST', path: '/', queryString: query, body, headers: {} };
    const answer = await main(event, { request_id: `r${index}` });
    if (!echoes(answer.body, content)) wrong += 1;
  }
}

function echoes(body: string, content: string): boolean {
  const [, encrypted = ''] = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body) ?? [];
  return decrypt(testAccount.encodingAesKey, encrypted).message.includes(`[${content}]`);
}

function heapBytes(): number {
  if (!globalThis.gc) throw new Error('run with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
