import { useEffect, useState } from 'preact/hooks';
import { call } from '../api.ts';
import { messageOf } from '../toast.tsx';

/** Of WeChat, by their addresses there; the policy of the page lets it load none from another host. */
const shown = new Map<string, Promise<string>>();
/** The page holds no more of them. */
const MAX_KEPT = 100;
/** So many are asked for at once. */
const MAX_ASKED = 4;
let asked = 0;
const waiting: (() => void)[] = [];

function addressOf(url: string): Promise<string> {
  const found = shown.get(url) ?? inTurn(() => load(url));
  shown.delete(url);
  shown.set(url, found);
  const oldest = shown.keys().next();
  if (shown.size > MAX_KEPT && !oldest.done) shown.delete(oldest.value);
  // What has failed may come the next time.
  found.catch(() => shown.delete(url));
  return found;
}

async function load(url: string): Promise<string> {
  if (url.startsWith('data:')) return url;
  const whole = url.startsWith('//') ? `https:${url}` : url;
  const { contentType, base64 } = await call<{
    readonly contentType: string;
    readonly base64: string;
  }>('material', 'showPicture', { url: whole });
  return `data:${contentType};base64,${base64}`;
}

async function inTurn<Data>(ask: () => Promise<Data>): Promise<Data> {
  if (asked >= MAX_ASKED) await new Promise<void>((resolve) => waiting.push(resolve));
  asked += 1;
  try {
    return await ask();
  } finally {
    asked -= 1;
    waiting.shift()?.();
  }
}

interface PictureProps {
  readonly url: string;
  /** '' for one that stands beside its own words. */
  readonly alt: string;
  readonly style?: Readonly<Record<string, string>>;
  readonly class?: string;
}

/** A picture of WeChat, brought by the function; or why it does not come. */
export function Picture({ url, alt, ...rest }: PictureProps) {
  const [address, setAddress] = useState<string>();
  const [reason, setReason] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    setAddress(undefined);
    setReason(undefined);
    addressOf(url).then(
      (found) => isWanted && setAddress(found),
      (error: unknown) => isWanted && setReason(messageOf(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [url]);
  if (reason !== undefined) {
    return (
      <span class={`picture-missing ${rest.class ?? ''}`} title={reason}>
        {alt === '' ? '🖼' : alt}
      </span>
    );
  }
  if (address === undefined) return <span class={`picture-coming ${rest.class ?? ''}`} />;
  return <img src={address} alt={alt} {...rest} />;
}
