import type { Follower } from './follower.ts';

/** An openid is found by its beginning: all of an account begin with the same six or so. */
const OPENID_BEGINNING = 12;
/** Longer words are found by their beginning, and looked at whole then. */
const LONGEST_WORD = 40;
/** So that a hundred followers with twenty long fields each do not outgrow a document. */
const MAX_WORDS = 60;

/** Chinese characters in a row, or anything else that makes a word. */
const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}_-])+/gu;
const HAN = /^\p{Script=Han}/u;

/**
 * The words by which an index finds a follower: the beginning of the openid; of the unionid, the remark
 * and what the business has imported every whole word, and of Chinese, which has no blanks, the first
 * character and every two in a row.
 */
export function wordsOf(one: Follower): readonly string[] {
  const words = new Set([beginning(normal(one.openid))]);
  for (const text of textsOf(one)) for (const run of runsOf(text)) addWords(words, run);
  return [...words].slice(0, MAX_WORDS);
}

/** What an operator looks for. */
export interface Wanted {
  /** Whoever is meant has one of these words. */
  readonly words: readonly string[];
  isIn(one: Follower): boolean;
}

/** Reads what an operator has typed; undefined if there is no word in it. */
export function wantedOf(typed: string): Wanted | undefined {
  const runs = runsOf(typed);
  // The longest is had by the fewest. Of Chinese the first two characters are in the index.
  const [longest] = [...runs].sort((a, b) => b.length - a.length);
  if (longest === undefined) return undefined;
  const words = HAN.test(longest)
    ? [[...longest].slice(0, 2).join('')]
    : [...new Set([beginning(longest), longest.slice(0, LONGEST_WORD)])];
  return {
    words,
    isIn(one) {
      const openid = normal(one.openid);
      const inTexts = textsOf(one).flatMap(runsOf);
      return runs.every(
        (run) =>
          (run.length >= OPENID_BEGINNING && openid.startsWith(run)) ||
          inTexts.some((each) => isFoundIn(each, run)),
      );
    },
  };
}

/** As the index has it: of Chinese a single character only at the beginning, as a family name stands. */
function isFoundIn(text: string, run: string): boolean {
  if (!HAN.test(run)) return text === run;
  return [...run].length === 1 ? text.startsWith(run) : text.includes(run);
}

function textsOf({ unionid, remark, code, about = {} }: Follower): readonly string[] {
  const { province, city, custom = {} } = about;
  const own = Object.values(custom).filter((value) => typeof value !== 'boolean');
  return [unionid, remark, code, ...own, city, province].flatMap((text) =>
    text === undefined ? [] : [String(text)],
  );
}

function addWords(words: Set<string>, run: string): void {
  if (!HAN.test(run)) {
    words.add(run.slice(0, LONGEST_WORD));
    return;
  }
  const characters = [...run];
  words.add(characters[0] ?? run);
  for (let at = 0; at + 1 < characters.length; at += 1) {
    words.add(characters.slice(at, at + 2).join(''));
  }
}

function runsOf(text: string): readonly string[] {
  return normal(text).match(RUNS) ?? [];
}

function beginning(word: string): string {
  return word.slice(0, OPENID_BEGINNING);
}

/** Wide letters and capitals are what they look like. */
function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
