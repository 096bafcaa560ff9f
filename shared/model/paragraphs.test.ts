import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paragraphs } from './paragraphs.ts';

async function* streamed(text: string, size = 3): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function all(pieces: AsyncGenerator<string, unknown>, atMost?: number): Promise<string[]> {
  const parts: string[] = [];
  for await (const part of paragraphs(pieces, atMost === undefined ? {} : { atMost }))
    parts.push(part);
  return parts;
}

const long = (letter: string) => letter.repeat(100);

describe('paragraphs of a streamed answer', () => {
  test('come one by one, each when it is complete', async () => {
    const seen: string[] = [];
    async function* model() {
      yield `${long('a')}\n`;
      seen.push('line');
      yield '\nb';
      seen.push('paragraph');
    }
    for await (const part of paragraphs(model())) seen.push(part.slice(0, 1));

    expect(seen).toEqual(['line', 'a', 'paragraph', 'b']);
  });

  test('short ones come together', async () => {
    expect(await all(streamed(`你好！\n\n${long('a')}\n\n${long('b')}`))).toEqual([
      `你好！\n\n${long('a')}`,
      long('b'),
    ]);
  });

  test('the last of so many holds the rest', async () => {
    const text = ['a', 'b', 'c', 'd'].map(long).join('\n\n');

    expect(await all(streamed(text), 2)).toEqual([
      long('a'),
      ['b', 'c', 'd'].map(long).join('\n\n'),
    ]);
  });

  test('an empty line in a fenced block ends nothing', async () => {
    const code = `${long('a')}\n\`\`\`js\nconst a = 1;\n\nconst b = 2;\n\`\`\``;

    expect(await all(streamed(`${code}\n\nDone`))).toEqual([code, 'Done']);
  });

  test('are none of white space', async () => {
    expect(await all(streamed(' \n\n '))).toEqual([]);
  });

  test('nothing is lost, and there are never too many', async () => {
    const writing = fc
      .array(fc.constantFrom('字', long('x'), '\n', '\n\n', '```\n', ' '))
      .map((pieces) => pieces.join(''));
    const visible = (text: string) => text.replace(/\s/g, '');
    await fc.assert(
      fc.asyncProperty(
        writing,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        async (text, size, atMost) => {
          const parts = await all(streamed(text, size), atMost);

          expect(visible(parts.join(''))).toBe(visible(text));
          expect(parts.length).toBeLessThanOrEqual(atMost);
        },
      ),
    );
  });
});
