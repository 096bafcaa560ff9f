import { signal } from '@preact/signals';
import { sections } from './feed.ts';

/** The emulated time, as it runs. */
export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now() + (sections.value.clock?.offsetMs ?? 0);
}, 500);
