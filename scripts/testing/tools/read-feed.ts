/** One message of an event stream. */
export interface FeedMessage {
  readonly event: string;
  readonly data: string;
}

/** Reads an event stream as a browser would. `until` resolves with the first message that fits. */
export async function readFeed(url: string): Promise<{
  until(fits: (message: FeedMessage) => boolean): Promise<FeedMessage>;
  close(): void;
}> {
  const abort = new AbortController();
  const response = await fetch(url, { signal: abort.signal });
  const seen: FeedMessage[] = [];
  let onMessage = () => {};
  void read().catch(() => {});

  return {
    async until(fits) {
      for (;;) {
        const found = seen.find(fits);
        if (found) return found;
        await new Promise<void>((resolve) => {
          onMessage = resolve;
        });
      }
    },
    close: () => abort.abort(),
  };

  async function read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        seen.push({ event: field(part, 'event'), data: field(part, 'data') });
      }
      onMessage();
    }
  }
}

function field(part: string, name: string): string {
  const line = part.split('\n').find((each) => each.startsWith(`${name}: `));
  return line?.slice(name.length + 2) ?? '';
}
