const MAX_CHARACTERS = 100;

/**
 * The name of a file as a form may carry it: the last part of the path in ASCII, its extension kept, since
 * that is what WeChat goes by. Forms with other names are refused (41005), however they are written.
 */
export function asciiFileName(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? '';
  const ascii = base.replace(/[^\w.-]/g, '_').slice(-MAX_CHARACTERS);
  return /^_*\./.test(ascii) || /^_*$/.test(ascii) ? `file${ascii.replace(/^_+/, '')}` : ascii;
}
