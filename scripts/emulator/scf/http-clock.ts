/**
 * Loaded into the process of an HTTP function before its code: a real platform has nothing like it. It
 * moves the clock to where a test has moved the time, as the offset comes in over file descriptor 3.
 */
import { Socket } from 'node:net';
import { moveClock } from './moved-clock.ts';

const orders = new Socket({ fd: 3 });
orders.unref();
orders.on('error', () => {});
orders.setEncoding('utf8').on('data', (text: unknown) => {
  const offsets = String(text).trimEnd().split('\n');
  moveClock(Number(offsets.at(-1)));
  orders.write('moved\n');
});
