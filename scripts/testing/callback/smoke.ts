import { samples as sampleMessages } from '../../emulator/wechat/push/samples.ts';
import { sampleTexts } from '../../project/account.ts';
import { startEmulation } from '../../start/emulation.ts';

/** An account may take WeChat's whole time for each message, so several go at once. */
const AT_ONCE = 6;

/**
 * Sends one of everything that WeChat can push to an account, in the emulation, and tells for what
 * the follower would have seen WeChat's fault notice. The account's variables get sample texts.
 */
export async function faultsOf(checkout: {
  readonly root: string;
  readonly account: string;
}): Promise<{ readonly sent: number; readonly faults: readonly string[] }> {
  const texts = await sampleTexts(checkout.root, checkout.account);
  const emulation = await startEmulation({
    ...checkout,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    readTexts: () => texts,
  });
  try {
    const faults: string[] = [];
    const messages = sampleMessages('oSample').map((message, n) => ({
      ...message,
      openid: `oSample${n}`,
    }));
    const left = [...messages];
    const sender = async () => {
      for (let message = left.pop(); message; message = left.pop()) {
        const { outcome } = await emulation.push.send(message);
        if (outcome.kind === 'fault') faults.push(`${JSON.stringify(message)}: ${outcome.reason}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
    return { sent: messages.length, faults };
  } finally {
    await emulation.close();
  }
}
