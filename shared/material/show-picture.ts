import { invalid } from '../kernel/check.ts';
import { AppError } from '../kernel/errors.ts';
import { formatOf } from './file-format.ts';
import type { FetchWebFile } from './web-file.ts';
import { isWeChatPicture } from './wechat-pictures.ts';

/** A picture of WeChat, for a page that may load nothing from another host. */
export type ShowPicture = (picture: { readonly url: string }) => Promise<{
  readonly contentType: string;
  readonly base64: string;
}>;

/** The console seals it in base64 once more, and the platform cuts an answer off at 6 MB. */
export const MAX_SHOWN_BYTES = 3 * 1024 * 1024;

/** Fetches pictures from the hosts on which WeChat keeps them, and nothing else from nowhere else. */
export function createShowPicture(options: {
  readonly fetchWebFile: FetchWebFile;
  /** Asks a host without looking at its address: only that of `apiBaseUrl`, which may be an emulator. */
  readonly fetchFromApi: FetchWebFile;
  readonly apiBaseUrl: string;
}): ShowPicture {
  const { fetchWebFile, fetchFromApi, apiBaseUrl } = options;
  const { origin } = new URL(apiBaseUrl);
  return async ({ url: text }) => {
    const url = new URL(text);
    if (!isWeChatPicture(url)) throw refused('is not on a host of WeChat');
    const fetchFile = url.origin === origin ? fetchFromApi : fetchWebFile;
    const { bytes } = await fetchFile(url.href, MAX_SHOWN_BYTES);
    if (!bytes) throw refused(`has more than ${MAX_SHOWN_BYTES} bytes, too many to be shown here`);
    const contentType = formatOf(bytes)?.contentType ?? '';
    if (!contentType.startsWith('image/'))
      throw new AppError('upstream', 'url leads to no picture.');
    return { contentType, base64: bytes.toString('base64') };
  };
}

function refused(message: string): AppError {
  return invalid('The picture', [{ path: 'url', message: `url ${message}` }]);
}
