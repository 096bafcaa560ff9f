import type { Storage } from './storage.ts';

export interface RawAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** What paths answer that the catalogue does not have, as a tester says it. */
export function createRawAnswers(storage: Storage) {
  const section = storage.section('raw-answers', () => ({ answers: [] as RawAnswer[] }));
  const isFor = (method: string, path: string) => (each: RawAnswer) =>
    each.path === path && (each.method === method || each.method === '*');
  return {
    /** The latest for a method and path is the one that counts. */
    tell(answer: RawAnswer): void {
      section.update((state) => {
        state.answers = state.answers.filter(
          ({ method, path }) => method !== answer.method || path !== answer.path,
        );
        state.answers.push(answer);
      });
    },
    find: (method: string, path: string) => section.read().answers.findLast(isFor(method, path)),
    list: (): readonly RawAnswer[] => section.read().answers,
    clear(): void {
      section.update((state) => {
        state.answers = [];
      });
    },
  };
}

export type RawAnswers = ReturnType<typeof createRawAnswers>;
