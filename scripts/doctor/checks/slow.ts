import { SLOW_PROBE } from '../../../shared/callback/probe.ts';
import { sleep } from '../../../shared/kernel/clock.ts';
import { doctorEvent, pushEvent } from '../callback-push.ts';
import { type Check, failure, ok, warning } from '../check.ts';

/** When WeChat hangs up, and delivers the message again. */
const HANGS_UP_MS = 5_000;

/**
 * Whether a handler goes on after its caller has hung up: what Tencent documents of synchronous calls does
 * not say it of Function URLs. The callback has a slow handler for the doctor, of seven seconds.
 */
export const slowCheck: Check = {
  name: 'callback: slow handlers',
  isFor: ({ triesSlow }) => triesSlow,
  async run(deployment) {
    const { clock } = deployment;
    if (deployment.config('whileAskedAgain').whileAskedAgain === 'off') {
      return ok('SLOW_WHILE_ASKED_AGAIN is off: the worker runs slow handlers.');
    }
    const event = doctorEvent(deployment, SLOW_PROBE);
    const deliver = () => pushEvent(deployment, event, HANGS_UP_MS).catch(() => undefined);
    const startedAt = clock.now();
    const first = await deliver();
    if (first) {
      return failure(
        `The callback answered a slow event after ${first.ms} ms, where it should have let WeChat ask again.`,
        'It is older than this checkout, or SLOW_WHILE_ASKED_AGAIN is off there: npm run deploy.',
      );
    }
    await sleep(clock, Math.max(0, startedAt + HANGS_UP_MS - clock.now()));
    const second = await deliver();
    if (second?.reply?.includes(SLOW_PROBE)) {
      return ok(
        'A slow handler goes on after WeChat has hung up, and its repeat brings the answer.',
      );
    }
    return warning(
      'The handler that was at work when the caller hung up has not answered the repeat.',
      'If a second run says the same, the platform ends such invocations: set SLOW_WHILE_ASKED_AGAIN=off, and the worker runs slow handlers.',
    );
  },
};
