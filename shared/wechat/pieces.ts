/**
 * The pieces of a text that is made of many. Joined at once they leave a third behind of what a text leaves
 * that grows piece by piece; kept for the next text, their list grows no more.
 */
export class Pieces {
  readonly #texts: string[] = [];
  #count = 0;

  /** Whatever is there of a text that was not finished is no part of this one. */
  begin(): void {
    this.#count = 0;
  }

  add(text: string): void {
    this.#texts[this.#count] = text;
    this.#count += 1;
  }

  joined(): string {
    this.#texts.length = this.#count;
    return this.#texts.join('');
  }
}
