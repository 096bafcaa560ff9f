import { pathOf } from '../../look/qr-code.tsx';

/** Sharp on a poster of half a metre. */
const PNG_PIXELS = 1_200;

/** A code as a file to print, of any size. */
export function svgFile(text: string): Blob {
  const { size, path } = pathOf(text);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`;
  return new Blob([svg], { type: 'image/svg+xml' });
}

/** The same in pixels, with edges that fall on pixels. @throws Error if the browser draws none */
export async function pngFile(text: string): Promise<Blob> {
  const { size, path } = pathOf(text);
  const scale = Math.ceil(PNG_PIXELS / size);
  const canvas = new OffscreenCanvas(size * scale, size * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.fillStyle = '#000';
  context.fill(new Path2D(path));
  return canvas.convertToBlob({ type: 'image/png' });
}

/** Has the browser save a file. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
