import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { talk } from '../../shared/index.ts';
import { account } from './orders.ts';

const orders = createServer((request, response) => {
  if (request.headers.authorization !== 'Bearer key-of-the-tests') response.writeHead(401).end();
  else if (request.url === '/orders/12/en') response.end('Order 12 is on its way.');
  else response.writeHead(404).end();
});
beforeAll(async () => {
  orders.listen(0, '127.0.0.1');
  await once(orders, 'listening');
});
afterAll(() => {
  orders.close();
});

const ask = (content: string, key = 'key-of-the-tests') => {
  const { port } = orders.address() as AddressInfo;
  const env = {
    ORDERS_URL: `http://127.0.0.1:${port}/`,
    ORDERS_KEY: key,
    ORDERS_LANGUAGE: 'en',
  };
  return talk(account, { type: 'text', content }, { env });
};

test('looks up an order with the address, the key and the language of its variables', async () => {
  expect(await ask('订单 12')).toMatchObject({ content: 'Order 12 is on its way.' });
  expect(await ask('order 7')).toMatchObject({ content: 'There is no order 7.' });
  await expect(ask('order 12', 'another key')).rejects.toThrow('The order system answered 401.');
});

test('what needs no variable works without, and a test hears which one is missing', async () => {
  expect(await talk(account, { type: 'text', content: '?' })).toMatchObject({
    content: expect.stringContaining('订单 12'),
  });
  await expect(talk(account, { type: 'text', content: 'order 12' })).rejects.toThrow(
    'ORDERS_URL is missing (Address of the order system). Give it to the test: { env: { ORDERS_URL } }.',
  );
});
