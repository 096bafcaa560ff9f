import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { dateTime } from '../format.ts';
import { now } from '../now.ts';
import { span, t } from '../words.ts';
import { TimerRow } from './timer-row.tsx';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const jumps = [MINUTE, 5 * MINUTE, HOUR, 2 * HOUR, DAY, 2 * DAY, 3 * DAY, 30 * DAY];

/** The emulated time, which can only be moved on: what has ended stays ended. */
export function ClockPanel() {
  const offsetMs = sections.value.clock?.offsetMs ?? 0;
  return (
    <div class="panel pad clock">
      <p class="big-time">{dateTime(now.value)}</p>
      <p class="muted">
        {offsetMs > SECOND ? t('ahead').replace('…', span(offsetMs)) : t('noAhead')}
      </p>
      <div class="chips">
        {jumps.map((ms) => (
          <button
            key={ms}
            type="button"
            class="chip"
            aria-label={`${t('advance')} ${span(ms)}`}
            onClick={() => void attempt(() => ask('POST', '/clock', { advanceMs: ms }))}
          >
            + {span(ms)}
          </button>
        ))}
      </div>
      <p>{t('clockAbout')}</p>
      <h2>{t('timers')}</h2>
      {(sections.value.functions ?? []).flatMap(({ name, timers }) =>
        timers.map((timer) => <TimerRow key={timer.name} owner={name} timer={timer} />),
      )}
    </div>
  );
}
