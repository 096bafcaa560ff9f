/** What a page leaves out for its reader to fill in. */
const BLANK = '…';

/** What the commands of a page have shown, so that a later one can be filled in from it. */
export class Blanks {
  readonly #shown: unknown[] = [];

  note(answer: unknown): void {
    this.#shown.unshift(answer);
  }

  /**
   * @param text a command in which `…` stands for what was shown before: the value of a field of that
   * name in JSON, of a variable of that name, or of an option `-t` for the field `t`
   * @throws Error if nothing of that name was shown
   */
  fill(text: string): string {
    return text.replace(
      /("?)(\w+)("\s*:\s*"|=|(?<=\s-\w) )…/g,
      (_, quote: string, name: string, joint: string) => {
        const found = this.#find(quote === '' ? name.toLowerCase() : name);
        if (found === undefined) throw new Error(`Nothing has shown what ${name} is in ${text}`);
        return `${quote}${name}${joint}${found}`;
      },
    );
  }

  #find(name: string): string | undefined {
    for (const answer of this.#shown) {
      const found = fieldIn(answer, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The first value of that name, at any depth. */
function fieldIn(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const own = Object.entries(value).find(([key]) => key === name)?.[1] as unknown;
  if (typeof own === 'string' || typeof own === 'number') return String(own);
  for (const each of Object.values(value)) {
    const found = fieldIn(each, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a reader still has something to fill in. */
export function hasBlank(text: string): boolean {
  return text.includes(BLANK);
}
