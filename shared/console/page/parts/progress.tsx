import { useEffect } from 'preact/hooks';
import { number } from '../format.ts';

/** How far work has come that takes long. */
export function Progress({
  done,
  total,
  label,
}: {
  readonly done: number;
  readonly total: number;
  readonly label: string;
}) {
  return (
    <div class="progress">
      <progress value={done} max={Math.max(1, total)} aria-label={label} />
      <span>
        {label} {number(done)} / {number(total)}
      </span>
    </div>
  );
}

const LOOK_EVERY_MS = 3_000;

/**
 * Looks again and again while work goes on elsewhere, and not while the page is hidden.
 *
 * @param reload of `useLoaded`
 */
export function useRepeatedly(reload: () => Promise<void>, isGoingOn: boolean): void {
  useEffect(() => {
    if (!isGoingOn) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void reload();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload, isGoingOn]);
}
