import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../scripts/testing/any-text.ts';
import { encodeJson, parseJson } from './json.ts';

describe('parseJson', () => {
  test('keeps integers that are too wide for a number as their digits', () => {
    const text = '{"a":6272960105994287618,"b":[-9007199254740993,9007199254740991],"c":1e30}';

    expect(parseJson(text)).toEqual({
      a: '6272960105994287618',
      b: ['-9007199254740993', 9007199254740991],
      c: 1e30,
    });
  });

  test('gives ids as strings, however WeChat writes them', () => {
    expect(parseJson('{"msg_id" : 12, "x": {"msgid":"34"}, "list":[{"publish_id":5}, 6]}')).toEqual(
      {
        msg_id: '12',
        x: { msgid: '34' },
        list: [{ publish_id: '5' }, 6],
      },
    );
  });

  test('leaves digits inside strings alone', () => {
    const text = '{"a":"say \\"12345678901234567890\\" : 12345678901234567890","b":1}';

    expect(parseJson(text)).toEqual({
      a: 'say "12345678901234567890" : 12345678901234567890',
      b: 1,
    });
  });

  test('takes control characters inside strings as they are', () => {
    expect(parseJson('{"nickname":"a\u0000b\nc\u001f","n":1}\n')).toEqual({
      nickname: 'a\u0000b\nc\u001f',
      n: 1,
    });
  });

  test.each([
    ['{"a":"\\x"}', '\\x'],
    ['{"a":"\\u12"}', '\\u12'],
    ['{"a":"it\\\'s"}', "it\\'s"],
    ['{"a":"\\u4f60\\n\\\\"}', '你\n\\'],
  ])('takes a wrong escape as the characters it is: %s', (text, value) => {
    expect(parseJson(text)).toEqual({ a: value });
  });

  test('skips a byte order mark', () => {
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
  });

  test.each(['', '<html></html>', '{"a":', '{"a":"', '{"a":01}', '{"a":-}', 'nul', '{"a":"\\'])(
    'refuses what is no JSON: %s',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  test('never makes something of __proto__', () => {
    const value = parseJson('{"__proto__":{"polluted":true}}') as object;

    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('polluted' in value).toBe(false);
  });

  test('agrees with JSON.parse on all JSON but for wide integers', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(widened(JSON.parse(text)));
      }),
      { numRuns: 3_000 },
    );
  });

  test('keeps every integer exact, wherever it stands', () => {
    const integer = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        integer,
        fc.string(),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));

    fc.assert(
      fc.property(tree, (value) => {
        expect(parseJson(writeBig(value))).toEqual(expected(value));
      }),
      { numRuns: 2_000 },
    );
  });

  test('repairs raw control characters anywhere in a string', () => {
    const text = fc.string({
      unit: fc.integer({ min: 0, max: 0x7f }).map((n) => String.fromCharCode(n)),
    });

    fc.assert(
      fc.property(fc.array(text), (values) => {
        const raw = values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',');
        expect(parseJson(`[${raw}]`)).toEqual(values);
      }),
      { numRuns: 2_000 },
    );
  });

  test('either gives a value or a SyntaxError, and ends, whatever comes in', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...'{}[]",:\\u0123456789eE+-.\u0000\n truefalsn你\ud800'),
    });

    fc.assert(
      fc.property(soup, (text) => {
        try {
          parseJson(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test('takes time in proportion to the length', () => {
    const text = `{"a":"${'\\"x'.repeat(1_000_000)}"}`;

    expect(parseJson(text)).toEqual({ a: '"x'.repeat(1_000_000) });
  });
});

describe('encodeJson', () => {
  test('sends Chinese and emoji as they are', () => {
    expect(encodeJson({ name: '你好😀' })).toBe('{"name":"你好😀"}');
  });

  test('drops control characters, keeps line breaks, replaces halves of characters', () => {
    expect(encodeJson({ a: 'x\u0000y\u001b\n\tz\ud83d' })).toBe('{"a":"xy\\n\\tz\uFFFD"}');
  });

  test("leaves a follower's own backslash alone", () => {
    expect(encodeJson({ a: '\\u4f60', b: 'C:\\new' })).toBe('{"a":"\\\\u4f60","b":"C:\\\\new"}');
  });

  test('writes numeric ids bare and exact, other digits as strings', () => {
    const request = { msg_id: '6272960105994287618', tag_id: '12', none: undefined, n: 1 };

    expect(encodeJson(request, ['msg_id'])).toBe(
      '{"msg_id":6272960105994287618,"tag_id":"12","n":1}',
    );
  });

  test.each(['', '1.5', 'x1', '1e3', ' 1', '99999999999999999999'])(
    'never lets "%s" out as a number',
    (id) => {
      expect(encodeJson({ msg_id: id }, ['msg_id'])).toBe(JSON.stringify({ msg_id: id }));
    },
  );

  test('holds no \\u, and says the same, for any value', () => {
    const anyString = anyText();

    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyString, fc.constantFrom('\\u0041', '\u0000', '\udfff\ud800'))),
        (list) => {
          const text = encodeJson({ list }, ['id']);
          expect(text.replace(/\\\\/g, '')).not.toContain('\\u');
          expect(JSON.parse(text)).toEqual({ list: list.map(cleaned) });
        },
      ),
      { numRuns: 500 },
    );
  });
});

function cleaned(text: string): string {
  return text
    .replace(/\p{Cc}/gu, (char) => (char >= ' ' || '\b\t\n\f\r'.includes(char) ? char : ''))
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}

function writeBig(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(writeBig).join(' , ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([k, v]) => `${JSON.stringify(k)} : ${writeBig(v)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value);
}

function expected(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const isSafe =
      value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
    return isSafe ? Number(value) : value.toString();
  }
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, expected(v)]));
  }
  return value;
}

/** JSON.parse has no digits left to give, but those that it printed itself. */
function widened(value: unknown): unknown {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return String(value).includes('e') ? value : String(value);
  }
  if (Array.isArray(value)) return value.map(widened);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, widened(v)]));
  }
  return value;
}
