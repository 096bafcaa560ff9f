import { describe, expect, test } from '@jest/globals';
import type { Document } from '../values.ts';
import { applyUpdate, asUpdate } from './update.ts';

const apply = (document: Document, update: Document, filter: Document = {}) =>
  applyUpdate(document, asUpdate(update), filter);

describe('an update', () => {
  test.each<[string, Document, Document, Document]>([
    ['min and max of nothing', {}, { $min: { a: 5 }, $max: { b: 6 } }, { a: 5, b: 6 }],
    ['mul of nothing is 0', {}, { $mul: { a: 5 } }, { a: 0 }],
    ['bits', { a: 6 }, { $bit: { a: { and: 3 } } }, { a: 2 }],
    ['a path that grows', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    ['a list that grows', { l: [1] }, { $set: { 'l.2': 3 } }, { l: [1, undefined, 3] as never }],
    [
      'every element',
      { l: [{ k: 1 }, { k: 2 }] },
      { $inc: { 'l.$[].k': 1 } },
      { l: [{ k: 2 }, { k: 3 }] },
    ],
    ['rename to a path', { a: 1 }, { $rename: { a: 'b.c' } }, { b: { c: 1 } }],
    ['rename of nothing', { a: 1 }, { $rename: { x: 'b' } }, { a: 1 }],
    ['unset below a scalar', { a: 1 }, { $unset: { 'a.b': '' } }, { a: 1 }],
    ['pull from nothing', {}, { $pull: { a: 1 } }, {}],
    [
      'push, sorted and cut, onto nothing',
      {},
      { $push: { a: { $each: [3, 1, 2], $sort: 1, $slice: 2 } } },
      { a: [1, 2] },
    ],
    [
      'push, the last ones kept',
      { a: [1, 2] },
      { $push: { a: { $each: [3], $slice: -2 } } },
      { a: [2, 3] },
    ],
    ['addToSet of twins onto nothing', {}, { $addToSet: { a: { $each: [1, 1] } } }, { a: [1] }],
    ['nothing at all', { a: 1 }, { $set: {} }, { a: 1 }],
  ])('does %s', (_, before, update, after) => {
    expect(apply({ _id: 1, ...before }, update)).toEqual({ _id: 1, ...after });
  });

  test('reaches the element that the query found', () => {
    const document = { _id: 1, l: [{ k: 1 }, { k: 2 }] };

    expect(apply(document, { $set: { 'l.$.hit': true } }, { 'l.k': 2 })).toEqual({
      _id: 1,
      l: [{ k: 1 }, { k: 2, hit: true }],
    });
  });

  test('leaves the document that it came from alone', () => {
    const list = [1];
    const document = { _id: 1, in: { list } };

    apply(document, { $push: { 'in.list': 2 }, $set: { 'in.x': 1 } });

    expect(document).toEqual({ _id: 1, in: { list: [1] } });
  });

  test.each<[string, Document, Document]>([
    ['a path through null', { a: null }, { $set: { 'a.b': 1 } }],
    ['a path through a list by name', { l: [1] }, { $set: { 'l.x': 1 } }],
    ['an empty step', { a: {} }, { $set: { 'a..b': 1 } }],
    ['a prototype', {}, { $set: { '__proto__.x': 1 } }],
    ['the id as a target', { a: 1 }, { $rename: { a: '_id' } }],
    ['pull from a scalar', { a: 1 }, { $pull: { a: 1 } }],
    ['mul by a text', { a: 1 }, { $mul: { a: 'x' } }],
    ['parts of each other', {}, { $set: { a: 1 }, $inc: { 'a.b': 1 } }],
    ['an operator of no fields', {}, { $set: 5 as never }],
  ])('refuses %s', (_, before, update) => {
    expect(() => apply({ _id: 1, ...before }, update)).toThrow('[FailedOperation]');
  });

  test('knows its operators', () => {
    expect(() => apply({ _id: 1 }, { $setOnInsert: { a: 1 } })).toThrow('$setOnInsert');
    expect(() => apply({ _id: 1 }, { a: 1 })).toThrow('Operator a is not supported');
  });
});
