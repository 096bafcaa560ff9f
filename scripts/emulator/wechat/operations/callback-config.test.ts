import { expect, test } from '@jest/globals';
import { createTestApi } from '../api-fixture.ts';

const container = {
  enable: true,
  qbase_env: 'prod-1a2b3c',
  qbase_container_path: '/callback',
  text_mode: 1,
};
const text = {
  msgType: 'text',
  event: '',
  env: 'prod-1a2b3c',
  functionName: 'callback',
  enable: true,
};

async function open() {
  const { post, tokenQuery } = createTestApi();
  const query = await tokenQuery();
  return {
    set: async (body: object) => (await post(`/tcb/setcallbackconfig?${query}`, body)).errcode,
    get: async () => (await post(`/tcb/getcallbackconfig?${query}`, {})).data,
  };
}

test('what is not named stays as it is', async () => {
  const { set, get } = await open();

  expect(await set({ function_config: { enable: false, callbacks: [text] } })).toBe(0);
  expect(await set({ container_config: container })).toBe(0);
  expect(await get()).toEqual({
    function_config: { enable: false, callbacks: [text] },
    container_config: container,
  });
});

test('functions get no pushes while a container takes them', async () => {
  const { set, get } = await open();
  const functions = { enable: true, callbacks: [text] };
  await set({ container_config: container });

  expect(await set({ function_config: functions })).toBe(40097);
  expect(
    await set({ function_config: functions, container_config: { ...container, enable: false } }),
  ).toBe(0);
  expect(await get()).toMatchObject({ function_config: functions });
});

test.each([
  [{ function_config: { enable: true } }, 40101],
  [{ function_config: { enable: true, callbacks: [text, text] } }, 40097],
  [{ function_config: { enable: true, callbacks: [{ ...text, env: '' }] } }, 40101],
  [{ container_config: { ...container, text_mode: 3 } }, 40097],
  [{ container_config: { ...container, qbase_container_path: undefined } }, 40101],
  [{ container_config: { ...container, enable: 'yes' } }, 47001],
  [{ container_config: [] }, 47001],
])('%j is refused, and changes nothing', async (body, errcode) => {
  const { set, get } = await open();
  const before = await get();

  expect(await set(body)).toBe(errcode);
  expect(await get()).toEqual(before);
});
