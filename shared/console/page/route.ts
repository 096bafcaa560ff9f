import { computed, signal } from '@preact/signals';

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

/** `#/jobs/dead` is `['jobs', 'dead']`. */
export const route = computed(() =>
  (/^#\/(.*)$/.exec(hash.value)?.[1] ?? '').split('/').map(decodeURIComponent),
);

/** The secret of a link, such as `#invite=…`: after the `#`, so that no server and no log gets it. */
export function secretInLink(): { readonly kind: string; readonly secret: string } | undefined {
  const [, kind = '', secret = ''] = /^#(invite|admit)=([\w-]{43})$/.exec(hash.value) ?? [];
  return kind === '' ? undefined : { kind, secret };
}

/** Opens a page, such as `go('jobs')`. */
export function go(...parts: readonly string[]): void {
  location.hash = `#/${parts.map(encodeURIComponent).join('/')}`;
  // `hashchange` comes later, and what follows may ask already.
  hash.value = location.hash;
}
