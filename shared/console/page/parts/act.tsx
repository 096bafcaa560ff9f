import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { isAllowed, type Role } from '../../role.ts';
import { me } from '../session.ts';
import { attempt } from '../toast.tsx';
import { t } from '../words.ts';
import { confirmed } from './confirm.tsx';

interface ActProps {
  readonly onAct: () => Promise<unknown>;
  readonly children: ComponentChildren;
  /** The role that the action needs; an operator without it sees the button, and why it does nothing. */
  readonly needs?: Role;
  /** Asked before, if what happens cannot be taken back. */
  readonly question?: string;
  readonly class?: string;
  readonly disabled?: boolean;
  readonly label?: string;
}

/** A button that does something once, shows that it is doing it, and says what went wrong. */
export function Act({
  onAct,
  children,
  needs = 'look',
  question,
  disabled,
  label,
  ...rest
}: ActProps) {
  const [isBusy, setBusy] = useState(false);
  const isRefused = !isAllowed(me.value?.role ?? 'look', needs);
  const run = async () => {
    if (question !== undefined && !(await confirmed(question))) return;
    setBusy(true);
    await attempt(onAct);
    setBusy(false);
  };
  return (
    <button
      type="button"
      class={rest.class ?? 'tool'}
      aria-label={label}
      disabled={isBusy || isRefused || disabled}
      aria-busy={isBusy}
      title={isRefused ? t('needsRole', { role: t(needs) }) : undefined}
      onClick={() => void run()}
    >
      {isBusy ? t('working') : children}
    </button>
  );
}
