import { useEffect, useState } from 'preact/hooks';
import type { ClockObstacle } from '../../clock-obstacles.ts';
import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { dateTime } from '../format.ts';
import { now } from '../now.ts';
import { lookAtCollection } from '../settings.ts';
import { span, t } from '../words.ts';
import { TimerRow } from './timer-row.tsx';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const jumps = [MINUTE, 5 * MINUTE, HOUR, 2 * HOUR, DAY, 2 * DAY, 3 * DAY, 30 * DAY];

/** The emulated time: moved on, set, and back to that of this machine. */
export function ClockPanel() {
  const offsetMs = sections.value.clock?.offsetMs ?? 0;
  const isMoved = Math.abs(offsetMs) > SECOND;
  return (
    <div class="panel pad clock">
      <div class="tools">
        <p class="big-time">{dateTime(now.value)}</p>
        <button
          type="button"
          class="tool"
          disabled={!isMoved}
          onClick={() => void attempt(() => ask('DELETE', '/clock'))}
        >
          {t('backToNow')}
        </button>
      </div>
      <p class="muted">
        {isMoved
          ? t(offsetMs > 0 ? 'ahead' : 'behind').replace('…', span(Math.abs(offsetMs)))
          : t('noAhead')}
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
      <TimeForm />
      <Obstacles />
      <p>{t('clockAbout')}</p>
      {isMoved && <p>{t('outsideClients')}</p>}
      <h2>{t('timers')}</h2>
      {(sections.value.functions ?? []).flatMap(({ name, timers }) =>
        timers.map((timer) => <TimerRow key={timer.name} owner={name} timer={timer} />),
      )}
    </div>
  );
}

/** Any time, to the second, in the zone of the browser. */
function TimeForm() {
  const [text, setText] = useState(() => dateTime(now.value).replace(' ', 'T'));
  const wanted = Date.parse(text);
  return (
    <form
      class="tools"
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(() => ask('POST', '/clock', { now: wanted }));
      }}
    >
      <label class="check">
        {t('setTime')}
        <input
          type="datetime-local"
          step="1"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <button type="submit" class="tool strong" disabled={Number.isNaN(wanted)}>
        {t('set')}
      </button>
    </form>
  );
}

/** What a clock that was moved back has ahead of it; nothing where there is nothing. */
function Obstacles() {
  const [obstacles, setObstacles] = useState<readonly ClockObstacle[]>([]);
  const offsetMs = sections.value.clock?.offsetMs;
  const version = sections.value.store?.version;
  useEffect(() => {
    let isWanted = true;
    ask<{ obstacles: readonly ClockObstacle[] }>('GET', '/clock').then(
      (answer) => isWanted && setObstacles(answer.obstacles),
      // The emulators are gone; the page says so elsewhere.
      () => isWanted && setObstacles([]),
    );
    return () => {
      isWanted = false;
    };
  }, [offsetMs, version]);
  if (obstacles.length === 0) return null;
  return (
    <section class="notice" aria-label={t('clockBack')}>
      <p>{t('clockBack')}</p>
      <ul class="listed">
        {obstacles.map(({ collection, kind, documents, until }) => (
          <li key={`${collection} ${kind}`}>
            <button type="button" class="tool small" onClick={() => lookAtCollection(collection)}>
              {collection}
            </button>
            <span>
              {t(kind === 'held' ? 'heldUntil' : 'fromFuture').replace('…', String(documents))}{' '}
              {dateTime(until)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
