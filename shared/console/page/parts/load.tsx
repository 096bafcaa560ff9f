import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { isSignedOut } from '../session.ts';
import { messageOf } from '../toast.tsx';
import { t } from '../words.ts';

/** Something that the page asks for when it is opened. */
export interface Loaded<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  /** Asks again; what is shown stays until the answer comes. */
  readonly reload: () => Promise<void>;
}

/**
 * Asks when the page is opened, when one of `inputs` changes, and when somebody has signed in again.
 *
 * @param ask such as `() => call('worker', 'list')`
 */
export function useLoaded<Data>(
  ask: () => Promise<Data>,
  inputs: readonly unknown[] = [],
): Loaded<Data> {
  const [state, setState] = useState<Omit<Loaded<Data>, 'reload'>>({
    data: undefined,
    error: undefined,
    isLoading: true,
  });
  const lastAsked = useRef(0);
  // The caller names what it depends on.
  const reload = useCallback(async () => {
    lastAsked.current += 1;
    const asked = lastAsked.current;
    setState((before) => ({ ...before, isLoading: true }));
    try {
      const data = await ask();
      // Answers overtake one another, and only that to the last question is shown.
      if (asked === lastAsked.current) setState({ data, error: undefined, isLoading: false });
    } catch (error) {
      if (asked === lastAsked.current) {
        setState((before) => ({ ...before, error, isLoading: false }));
      }
    }
  }, inputs);
  const signedOut = isSignedOut.value;
  useEffect(() => {
    if (!signedOut) void reload();
  }, [reload, signedOut]);
  return { ...state, reload };
}

/** Shows what was asked for, that it is on its way, or why it did not come. */
export function Loader<Data>({
  loaded,
  children,
}: {
  readonly loaded: Loaded<Data>;
  readonly children: (data: Data) => ComponentChildren;
}) {
  const { data, error, isLoading, reload } = loaded;
  return (
    <div aria-busy={isLoading}>
      {error !== undefined && (
        <p class="alarm" role="alert">
          {messageOf(error)}{' '}
          <button type="button" class="tool" onClick={() => void reload()}>
            {t('again')}
          </button>
        </p>
      )}
      {data === undefined ? isLoading && <p class="empty">{t('loading')}</p> : children(data)}
    </div>
  );
}
