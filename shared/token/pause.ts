/** Doubling pauses, each spread over the upper half so that many who wait do not march in step. */
export function pauseMs(
  { first, last }: { readonly first: number; readonly last: number },
  attempt: number,
  random: () => number,
): number {
  const full = Math.min(last, first * 2 ** Math.min(attempt - 1, 16));
  return Math.ceil((full * (1 + random())) / 2);
}
