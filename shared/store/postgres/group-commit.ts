import { tooLate } from './turns.ts';

/** More rows than this in one statement gain nothing, and keep a connection longer from others. */
const MOST = 100;

interface Waiting<Item, Answer> {
  readonly item: Item;
  /** By `performance.now()`: afterwards who asked has been told that it was too late. */
  readonly until: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers what is asked while earlier requests are under way into the next request: where a process
 * has many messages in hand, their claims share a round trip. Alone, an item is asked at once. Each
 * item has its own answer.
 */
export class GroupCommit<Item, Answer> {
  readonly #request: (items: readonly Item[]) => Promise<readonly Answer[]>;
  /** Whether a failure means that nothing of a group was done, so that its items may be asked alone. */
  readonly #isUndone: (error: unknown) => boolean;
  readonly #atOnce: number;
  #underWay = 0;
  #waiting: Waiting<Item, Answer>[] = [];

  /** @param atOnce requests at a time: as many as there are connections */
  constructor(
    request: (items: readonly Item[]) => Promise<readonly Answer[]>,
    isUndone: (error: unknown) => boolean,
    atOnce: number,
  ) {
    this.#request = request;
    this.#isUndone = isUndone;
    this.#atOnce = atOnce;
  }

  /** @throws PostgresError if its turn has not come by `until`; then nothing was sent */
  ask(item: Item, until: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, until, resolve, reject });
      if (this.#underWay < this.#atOnce) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#underWay += 1;
    while (this.#waiting.length > 0) await this.#send(this.#inTime(this.#waiting.splice(0, MOST)));
    this.#underWay -= 1;
  }

  #inTime(group: readonly Waiting<Item, Answer>[]): readonly Waiting<Item, Answer>[] {
    const now = performance.now();
    return group.filter(({ until, reject }) => {
      if (until > now) return true;
      reject(tooLate());
      return false;
    });
  }

  /** Never rejects: what fails is told to those who asked. */
  async #send(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    if (group.length === 0) return;
    try {
      const answers = await this.#request(group.map(({ item }) => item));
      for (const [at, { resolve }] of group.entries()) resolve(answers[at] as Answer);
    } catch (error) {
      // One item that the database does not take must not fail the others.
      if (group.length > 1 && this.#isUndone(error)) {
        await Promise.all(group.map((each) => this.#send([each])));
      } else for (const { reject } of group) reject(error);
    }
  }
}
