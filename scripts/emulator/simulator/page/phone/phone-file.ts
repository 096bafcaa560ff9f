import { upload } from '../api.ts';

/** What a phone sends as it is; any other picture becomes a JPEG on the phone. */
const SENT_AS_IT_IS = /^image\/(jpeg|png|gif)$/;
/** A screenshot of a large screen is not sent in all its pixels. */
const MAX_SIDE = 2_560;

export type FileKind = 'image' | 'video' | 'voice';

/** Which kind of message a file would be; `undefined` for what cannot be sent here. */
export function kindOf({ type, name }: File): FileKind | undefined {
  if (type.startsWith('image/')) return 'image';
  // Not every system knows what AMR is.
  if (type.startsWith('audio/') || /\.amr$/i.test(name)) return 'voice';
  return type.startsWith('video/') ? 'video' : undefined;
}

/**
 * A follower sends a file; gives its media id. Like the app on a phone, it turns pictures of other
 * formats, such as WebP and AVIF, into JPEG; what no browser can read goes out as it is.
 *
 * @throws Refusal if WeChat does not take it
 */
export async function sendFile(kind: FileKind, file: Blob, name: string): Promise<string> {
  const isOther = kind === 'image' && !SENT_AS_IT_IS.test(file.type);
  const jpeg = isOther ? await toJpeg(file) : undefined;
  return jpeg ? upload(kind, 'picture.jpg', jpeg) : upload(kind, name, file);
}

async function toJpeg(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const draw = canvas.getContext('2d');
  if (!draw) return undefined;
  // JPEG has no transparency; WeChat shows white there.
  draw.fillStyle = '#fff';
  draw.fillRect(0, 0, canvas.width, canvas.height);
  draw.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) =>
    canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', 0.9),
  );
}
