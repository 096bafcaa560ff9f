import path from 'node:path';
import { expect, test } from '@jest/globals';
import { samples } from '../../scripts/emulator/wechat/push/samples.ts';
import { startEmulation } from '../../scripts/start/emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** An account may take WeChat's whole time for each message, so several go at once. */
const AT_ONCE = 6;

/** Holds for any account: whatever it does, no follower sees WeChat's fault notice. */
test('the account answers every sample event and message without a fault', async () => {
  const account = path.join(import.meta.dirname, 'account.ts');
  const emulation = await startEmulation({ root, account, port: 0, mode: 'safe', timers: 'hand' });
  try {
    const faults: string[] = [];
    const left = samples('oSample').map((message, n) => ({ ...message, openid: `oSample${n}` }));
    expect(left.length).toBeGreaterThan(50);
    const sender = async () => {
      for (let message = left.pop(); message; message = left.pop()) {
        const { outcome } = await emulation.push.send(message);
        if (outcome.kind === 'fault') faults.push(`${JSON.stringify(message)}: ${outcome.reason}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));

    expect(faults).toEqual([]);
  } finally {
    await emulation.close();
  }
});
