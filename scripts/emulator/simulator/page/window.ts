/** So many rows beyond the edges are drawn, so that fast scrolling shows no gap. */
const SPARE_ROWS = 12;

/** Which rows of a long list are in sight: from `first` to the one before `last`. */
export function windowOf(view: {
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}): { readonly first: number; readonly last: number } {
  const { top, height, rowHeight, count } = view;
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE_ROWS);
  return { first: Math.max(0, Math.min(last, Math.floor(top / rowHeight) - SPARE_ROWS)), last };
}
