import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MaterialItem } from '../../../material/materials.ts';
import { dateTime } from '../format.ts';
import { Picture } from './picture.tsx';

/** Pictures of the library with their names; below each what can be done with it. */
export function PictureGrid({
  items,
  children,
}: {
  readonly items: readonly MaterialItem[];
  readonly children: (item: MaterialItem) => ComponentChildren;
}) {
  return (
    <ul class="picture-grid">
      {items.map((item) => (
        <li key={item.media_id}>
          <Seen url={item.url ?? ''} name={item.name ?? ''} />
          <span class="picture-name">{item.name}</span>
          <small class="muted">{dateTime(item.update_time * 1_000)}</small>
          {children(item)}
        </li>
      ))}
    </ul>
  );
}

/** Each picture is a call of the function: it is asked for when it comes into view. */
function Seen({ url, name }: { readonly url: string; readonly name: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!place.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: '200px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} class="picture-frame">
      {isSeen && url !== '' && <Picture url={url} alt={name} />}
    </div>
  );
}
