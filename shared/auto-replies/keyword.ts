import type { Occasion } from './occasion.ts';
import { patternMatcher } from './pattern.ts';
import type { Keyword } from './rule.ts';

/** What is typed in full width or in capitals is the same word: ＷｉＦｉ, WIFI and wifi. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

/** What a follower has said, with its text folded once for all keywords. */
export interface Heard {
  readonly occasion: Occasion;
  readonly text: string;
}

/** Prepares a keyword, so that a message costs a comparison. */
export function keywordMatcher({ match, text }: Keyword): (heard: Heard) => boolean {
  if (match === 'button')
    return ({ occasion }) => occasion.type === 'button' && occasion.key === text;
  const fits = textMatcher(match, text);
  return (heard) => heard.occasion.type === 'text' && fits(heard.text);
}

function textMatcher(match: 'equal' | 'contains' | 'pattern', text: string) {
  const word = fold(text);
  switch (match) {
    case 'equal':
      return (heard: string) => heard === word;
    case 'contains':
      return (heard: string) => heard.includes(word);
    case 'pattern':
      return patternMatcher(text.trim(), foldPart);
  }
}

/** White space inside a pattern counts. */
const foldPart = (text: string): string => text.normalize('NFKC').toLowerCase();
