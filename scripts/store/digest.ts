import { createHash } from 'node:crypto';
import type { Collection, Doc, Store } from '../../shared/store/store.ts';
import { pages } from './pages.ts';

/** What a collection holds in one store, in a form that can be compared and written down. */
export interface Digest {
  readonly documents: number;
  /** The same for the same documents, whatever order the database gives them in. */
  readonly sha256: string;
}

const MODULUS = 1n << 256n;

/** Reads every document once. */
export async function digestOf(store: Store, collection: Collection<Doc>): Promise<Digest> {
  let [documents, sum] = [0, 0n];
  for await (const page of pages(store, collection)) {
    documents += page.length;
    for (const { doc } of page) {
      const hash = createHash('sha256').update(canonical(doc)).digest('hex');
      sum = (sum + BigInt(`0x${hash}`)) % MODULUS;
    }
  }
  return { documents, sha256: sum.toString(16).padStart(64, '0') };
}

/** A value as text in one form only: names in order, and a Date told from a number. */
function canonical(value: unknown): string {
  if (value instanceof Date) return `Date(${value.getTime()})`;
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const parts = entries.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`);
  return `{${parts.sort().join()}}`;
}
