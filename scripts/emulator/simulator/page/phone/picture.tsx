import { useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';

/** A picture, or a grey place where it would be. */
export function Picture(props: {
  readonly class: string;
  readonly url: string;
  readonly label: string;
  readonly note?: string;
}) {
  const [isMissing, setMissing] = useState(props.url === '');
  if (isMissing) {
    return (
      <div class={`${props.class} missing`} role="img" aria-label={props.label}>
        <Icon name="photo" />
        {props.note && <small>{props.note}</small>}
      </div>
    );
  }
  return (
    <img
      class={props.class}
      src={props.url}
      alt={props.label}
      loading="lazy"
      onError={() => setMissing(true)}
    />
  );
}
