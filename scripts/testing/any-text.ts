import fc, { type StringConstraints } from 'fast-check';

/** Between the two halves of Unicode stand the surrogates, which are no characters. */
const SURROGATES = { from: 0xd800, count: 0x800 };
const CODE_POINTS = 0x110000 - SURROGATES.count;

const character = fc
  .integer({ min: 0, max: CODE_POINTS - 1 })
  .map((n) => String.fromCodePoint(n < SURROGATES.from ? n : n + SURROGATES.count), numberOf);

/**
 * The texts of `fc.string({ unit: 'binary' })`, which first makes a map of all 1.1 million characters in
 * each file that asks for them: more work than most files have with their tests.
 */
export function anyText(constraints: Omit<StringConstraints, 'unit'> = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: character });
}

function numberOf(text: unknown): number {
  const point = typeof text === 'string' ? text.codePointAt(0) : undefined;
  if (point === undefined || String.fromCodePoint(point) !== text) {
    throw new Error('This is not one character.');
  }
  return point < SURROGATES.from ? point : point - SURROGATES.count;
}
