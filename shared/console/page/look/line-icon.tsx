/** An icon of lines, drawn in the page so that no font and no emoji is needed. */
export function LineIcon({ path, size }: { readonly path: string; readonly size: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
