import { useEffect, useRef, useState } from 'preact/hooks';
import { sections } from '../feed.ts';
import { t } from '../words.ts';

const SHOWN_MS = 3_000;

/** Says on the phone that the next message runs new code, or that it does not. */
export function BuildToast() {
  const { build } = sections.value;
  const [isShown, setShown] = useState(false);
  const known = useRef(build?.at);

  useEffect(() => {
    if (!build || build.at === known.current) return;
    known.current = build.at;
    setShown(true);
    const timer = setTimeout(() => setShown(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [build]);

  if (!build || !isShown) return null;
  return (
    <p class={`toast ${build.ok ? '' : 'bad'}`} role="status">
      {build.ok ? `${t('reloaded')} · ${build.ms} ms` : t('buildFailed')}
    </p>
  );
}
