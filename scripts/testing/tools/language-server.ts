import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '../../..');

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** TypeScript as an editor runs it. */
export class LanguageServer {
  readonly #process = spawn(
    process.execPath,
    [path.join(root, 'node_modules/typescript/bin/tsc'), '--lsp', '--stdio'],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  readonly #waiting = new Map<number, (answer: Message) => void>();
  #read = Buffer.alloc(0);
  #lastId = 0;

  constructor() {
    this.#process.stdout.on('data', (data: Buffer) => {
      this.#read = Buffer.concat([this.#read, data]);
      for (let message = this.#next(); message; message = this.#next()) this.#take(message);
    });
  }

  /** Opens a file, with what stands in it. */
  async open(file: string, text: string): Promise<void> {
    const folder = pathToFileURL(path.dirname(file)).href;
    await this.#ask('initialize', { processId: process.pid, rootUri: folder, capabilities: {} });
    this.#send({ method: 'initialized', params: {} });
    const textDocument = {
      uri: pathToFileURL(file).href,
      languageId: 'typescript',
      version: 1,
      text,
    };
    this.#send({ method: 'textDocument/didOpen', params: { textDocument } });
  }

  /** What is shown when the mouse rests on a place, as JSON. */
  async hover(file: string, position: { line: number; character: number }): Promise<string> {
    const textDocument = { uri: pathToFileURL(file).href };
    return JSON.stringify(await this.#ask('textDocument/hover', { textDocument, position }));
  }

  /** The server ends with its input. */
  async close(): Promise<void> {
    const closed = once(this.#process, 'close');
    this.#process.stdin.end();
    await closed;
  }

  #ask(method: string, params: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
    });
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #next(): Message | undefined {
    const end = this.#read.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const [, length] = /Content-Length: (\d+)/.exec(this.#read.toString('utf8', 0, end)) ?? [];
    const whole = end + 4 + Number(length);
    if (this.#read.length < whole) return undefined;
    const message = JSON.parse(this.#read.toString('utf8', end + 4, whole)) as Message;
    this.#read = this.#read.subarray(whole);
    return message;
  }

  #take({ id, method, params, ...answer }: Message): void {
    if (id === undefined) return;
    if (method === undefined) {
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
      return;
    }
    // The server asks for settings, of which there are none.
    const { items } = (params ?? {}) as { readonly items?: readonly unknown[] };
    this.#send({ id, result: items ? items.map(() => null) : null });
  }
}
