import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fakedTime } from '../../emulator/scf/faked-time.ts';

/** The terminal of a reader: its variables last, and so does what was started with `&`. */
export class Shell {
  readonly #folder: string;
  readonly #variables: Record<string, string> = {};
  readonly #background: ChildProcess[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Gives what the line has printed. @throws Error with all of it, if the line fails. */
  async run(line: string): Promise<string> {
    if (line.startsWith('export ')) {
      for (const [, name = '', value = ''] of line.matchAll(/(\w+)=(\S+)/g))
        this.#variables[name] = value;
      return '';
    }
    const options = {
      cwd: this.#folder,
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...fakedTime(process.env), ...this.#variables },
    };
    if (line.endsWith(' &')) {
      await this.#leave(line.slice(0, -2), options);
      return '';
    }
    return new Promise((resolve, reject) => {
      execFile('bash', ['-c', line], options, (error, stdout, stderr) =>
        error
          ? reject(new Error(`${line}\n${stdout}${stderr}`, { cause: error }))
          : resolve(stdout),
      );
    });
  }

  /** Its first words say that it is up. */
  async #leave(line: string, options: object): Promise<void> {
    const child = spawn('bash', ['-c', `exec ${line}`], {
      ...options,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#background.push(child);
    await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`${line} ended with ${code}`);
      }),
    ]);
  }

  /** Ends what runs in the background. */
  async close(): Promise<void> {
    for (const child of this.#background) {
      const ended = once(child, 'exit');
      if (child.kill('SIGKILL')) await ended;
    }
  }
}
