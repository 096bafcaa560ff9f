import { expect, test } from '@jest/globals';
import { openProxyBench } from '../../scripts/testing/proxy-bench.ts';

test('smoke', async () => {
  const bench = openProxyBench();
  await bench.add('crm');
  const a = await bench.asClient('crm', { method: 'POST', path: '/v1/cgi-bin/menu/create', body: JSON.stringify({ button: [{ type: 'click', name: 'a', key: 'b' }] }) });
  console.log(a.status, a.headers, a.text);
  const b = await bench.asClient('crm', { path: '/v1/cgi-bin/menu/get' });
  console.log(b.status, b.headers, b.text);
  console.log(bench.lines.join('\n'));
  console.log(bench.seen);
  expect(1).toBe(1);
});
