import { useMemo } from 'preact/hooks';
import { encode } from 'uqr';

/** A QR code as one path of an SVG, black on white in every theme so that each camera reads it; without a label where others say what it is. */
export function QrCode({ text, label }: { readonly text: string; readonly label?: string }) {
  const { size, path } = useMemo(() => pathOf(text), [text]);
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** Also for a file to print. */
export function pathOf(text: string): { readonly size: number; readonly path: string } {
  const { size, data } = encode(text, { border: 2 });
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { size, path: squares.join('') };
}
