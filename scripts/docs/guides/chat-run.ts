import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { until } from '../../emulator/scf/fixture.ts';
import { chat } from '../../start/chat.ts';
import type { Emulation } from '../../start/emulation.ts';

/** The chat in the terminal of `npm start`, in which a reader types what the page says. */
export class ChatRun {
  readonly #input = new PassThrough();
  readonly #output = new PassThrough();
  readonly #ended: Promise<void>;
  #shown = '';
  #expected = 0;

  constructor({ push, onSend }: Pick<Emulation, 'push' | 'onSend'>) {
    this.#output.on('data', (chunk) => {
      this.#shown += stripVTControlCharacters(String(chunk));
    });
    this.#ended = chat({ push, onSend, input: this.#input, output: this.#output });
  }

  /** Types the line and waits until the chat shows as many answers. An empty one only waits. */
  async type(line: string, answers: number): Promise<void> {
    this.#expected += answers;
    this.#input.write(`${line}\n`);
    if (line.startsWith('/as ')) await until(() => this.#shown.includes(line.slice('/as '.length)));
    await until(() => this.answers().length >= this.#expected).catch((cause) => {
      throw new Error(`After ${line} the chat shows ${this.#shown}`, { cause });
    });
  }

  /** What the account has said, without how long it took. */
  answers(): readonly string[] {
    return [...this.#shown.matchAll(/^◀.*(?:\n+ {2}.*)*/gm)].map(([text]) =>
      text.replace(/ \((?:\d+ deliveries: )?\d+ ms(?:, \d+ ms)*\)/, ''),
    );
  }

  async close(): Promise<void> {
    this.#input.end();
    await this.#ended;
  }
}
