import { useState } from 'preact/hooks';
import type { MenuDiff } from '../../../../menu/diff.ts';
import { CallError } from '../../api.ts';
import { messageOf } from '../../toast.tsx';
import { Changes } from './changes.tsx';
import { w } from './words.ts';

/** What a draft would change; or why it cannot be published, or not yet. */
interface Compared {
  readonly draft: unknown;
  readonly diff?: MenuDiff;
  readonly problem?: string;
}

interface Comparison extends Omit<Compared, 'draft'> {
  /** Asks what would change; whether that is what was shown before, so that it may be published. */
  readonly compare: () => Promise<boolean>;
}

/**
 * Compares a draft with what is live, before it may be published. Another draft needs another look.
 *
 * @param ask such as `() => call('menu', 'diff', menu)`
 */
export function useComparison(draft: unknown, ask: () => Promise<MenuDiff>): Comparison {
  const [compared, setCompared] = useState<Compared>();
  const { draft: _, ...shown }: Compared =
    compared && compared.draft === draft ? compared : { draft };
  const compare = async () => {
    try {
      const diff = await ask();
      const before = shown.diff;
      const hasChanged = before !== undefined && JSON.stringify(diff) !== JSON.stringify(before);
      setCompared({ draft, diff, ...(hasChanged ? { problem: w('liveChanged') } : {}) });
      return !hasChanged;
    } catch (error) {
      if (!(error instanceof CallError && error.code === 'invalid')) throw error;
      setCompared({ draft, problem: messageOf(error) });
      return false;
    }
  };
  return { ...shown, compare };
}

/** What a comparison has found. */
export function Compared({
  comparison: { diff, problem },
  hint,
}: {
  readonly comparison: Comparison;
  /** Before anything was compared. */
  readonly hint: string;
}) {
  return (
    <>
      <h3>{w('changes')}</h3>
      {problem !== undefined && (
        <p class="alarm" role="alert">
          {problem}
        </p>
      )}
      {diff ? <Changes diff={diff} /> : <p class="muted">{hint}</p>}
    </>
  );
}
