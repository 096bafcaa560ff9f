import type { EndpointName } from '../../../../shared/wechat/catalogue/index.ts';
import type { Storage } from './storage.ts';

type Result = Readonly<Record<string, unknown>>;

interface Voice {
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}

/** What is to be seen in pictures and heard in voices: a tester says it, nothing is recognised. */
export function createRecognitions(storage: Storage, now: () => number) {
  const section = storage.section('recognitions', () => ({
    results: {} as Partial<Record<EndpointName, Result>>,
    voices: {} as Record<string, Voice>,
  }));
  return {
    /** The answer of an endpoint from now on; `undefined` for what it answers by itself. */
    tell(name: EndpointName, result: Result | undefined): void {
      section.update(({ results }) => {
        if (result) results[name] = result;
        else delete results[name];
      });
    },
    told: (name: EndpointName): Result | undefined => section.read().results[name],
    addVoice(id: string, bytes: number): void {
      section.update(({ voices }) => {
        voices[id] = { bytes, addedAt: now() };
      });
    },
    hasVoice: (id: string): boolean => Object.hasOwn(section.read().voices, id),
  };
}

export type Recognitions = ReturnType<typeof createRecognitions>;
