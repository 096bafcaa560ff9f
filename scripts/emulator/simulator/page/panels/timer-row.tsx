import { ask, attempt } from '../api.ts';
import { t } from '../words.ts';

/** A timer of a function, which can be fired at once. */
export function TimerRow(props: {
  readonly owner: string;
  readonly timer: { readonly name: string; readonly cron: string };
}) {
  const { owner, timer } = props;
  return (
    <div class="timer">
      <code>{timer.cron}</code>
      <span>
        {owner} · {timer.name}
      </span>
      <button
        type="button"
        class="tool small"
        onClick={() => void attempt(() => ask('POST', `/timers/${owner}/${timer.name}`))}
      >
        {t('fire')}
      </button>
    </div>
  );
}
