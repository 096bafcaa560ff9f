import { expect, test } from '@jest/globals';
import { isIn, valueAt, withValue } from './payload.ts';

const payload = { scene: 'shop', content: { msgtype: 'text', text: { content: '你好' } } };

test('a value is found by its path', () => {
  expect(valueAt(payload, 'content.text.content')).toBe('你好');
  expect(valueAt(payload, 'content.image.media_id')).toBeUndefined();
  expect(valueAt(payload, 'toString')).toBeUndefined();
  expect(valueAt(undefined, 'scene')).toBeUndefined();
});

test('a changed field leaves the others as they are and where they are', () => {
  const changed = withValue(payload, 'scene', 'fair');

  expect(JSON.stringify(changed)).toBe(JSON.stringify({ ...payload, scene: 'fair' }));
  expect(withValue(undefined, 'a.b', 1)).toEqual({ a: { b: 1 } });
});

test('a field that is taken out takes the empty ones around it along', () => {
  expect(withValue(payload, 'content.text.content', undefined)).toEqual({
    scene: 'shop',
    content: { msgtype: 'text' },
  });
  expect(withValue({ filter: { sex: 'female' } }, 'filter.sex', undefined)).toEqual({});
});

test('a problem belongs to the field that holds its place', () => {
  expect(isIn('button[1].key', 'button')).toBe(true);
  expect(isIn('content.text', 'content')).toBe(true);
  expect(isIn('contents', 'content')).toBe(false);
});
