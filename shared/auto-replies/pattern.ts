/** One step of a pattern: a character, or what stands for any one, any digit, or any text. */
type Step = { readonly only: string } | 'character' | 'digit' | 'text';

const wildcards: Readonly<Record<string, Step>> = { '*': 'text', '?': 'character', '#': 'digit' };

/**
 * Compares a whole text with a pattern: `*` stands for any text, also for none, `?` for one character,
 * `#` for one digit, and a backslash makes the character after it an ordinary one. Operators type
 * patterns, and followers type the texts: so this is no regular expression, of which either could make
 * one that never ends. It takes at most the product of both lengths.
 */
export function patternMatcher(pattern: string, fold: (text: string) => string) {
  const steps = stepsOf(pattern, fold);
  return (folded: string): boolean => matches(steps, Array.from(folded));
}

function stepsOf(pattern: string, fold: (text: string) => string): readonly Step[] {
  const steps: Step[] = [];
  let isEscaped = false;
  for (const character of pattern) {
    const wildcard = wildcards[character];
    if (character === '\\' && !isEscaped) isEscaped = true;
    else {
      if (wildcard && !isEscaped) steps.push(wildcard);
      else for (const only of fold(character)) steps.push({ only });
      isEscaped = false;
    }
  }
  // It escapes nothing, so it stands for itself.
  if (isEscaped) steps.push({ only: '\\' });
  return steps;
}

/** After a mismatch only the last `*` can take more: whatever an earlier one took, it could take as well. */
function matches(steps: readonly Step[], text: readonly string[]): boolean {
  let step = 0;
  let at = 0;
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    const current = steps[step];
    if (current === 'text') {
      star = step;
      taken = at;
      step += 1;
    } else if (current !== undefined && takes(current, text[at] ?? '')) {
      step += 1;
      at += 1;
    } else if (star >= 0) {
      taken += 1;
      at = taken;
      step = star + 1;
    } else return false;
  }
  return steps.slice(step).every((each) => each === 'text');
}

function takes(step: Exclude<Step, 'text'>, character: string): boolean {
  if (step === 'character') return true;
  if (step === 'digit') return /^\d$/.test(character);
  return step.only === character;
}
