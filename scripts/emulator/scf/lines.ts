/** Cuts a stream of text into lines. */
export interface LineReader {
  push(text: string): void;
  /** Hands out what has come since the last line break. */
  flush(): void;
}

export function createLineReader(onLine: (line: string) => void): LineReader {
  let parts: string[] = [];

  return {
    push(text) {
      const [first = '', ...rest] = text.split('\n');
      parts.push(first);
      for (const next of rest) {
        onLine(parts.join(''));
        parts = [next];
      }
    },
    flush() {
      const line = parts.join('');
      parts = [];
      if (line) onLine(line);
    },
  };
}
