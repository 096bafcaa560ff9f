import { useState } from 'preact/hooks';
import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { language } from '../settings.ts';
import { before, t } from '../words.ts';
import { activeFaults } from './active-faults.ts';
import { presets } from './fault-presets.ts';

/** Faults to switch on, each for so many times, and those that wait to strike, each to be ended. */
export function FaultsPanel() {
  const faults = sections.value.faults;
  const active = faults ? activeFaults(faults) : [];
  return (
    <div class="panel pad">
      <div class="tools">
        <h2>{t('active')}</h2>
        <span class="grow" />
        <button
          type="button"
          class="tool"
          disabled={active.length === 0}
          onClick={() =>
            void attempt(async () => {
              for (const path of ['/faults', '/wechat/faults', '/cloudbase/faults']) {
                await ask('DELETE', path);
              }
            })
          }
        >
          {t('clearFaults')}
        </button>
      </div>
      {active.length === 0 ? (
        <p class="empty">{t('noFaults')}</p>
      ) : (
        <ul class="listed">
          {active.map(({ path, words, left }) => (
            <li key={path}>
              <span>{words}</span>
              <small class="muted">{left === undefined ? t('everyTime') : timesLeft(left)}</small>
              <span class="grow" />
              <button
                type="button"
                class="tool small"
                aria-label={`${before('turnOff')}${words}`}
                onClick={() => void attempt(() => ask('DELETE', path))}
              >
                {t('turnOff')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="presets">
        {presets.map((preset) => (
          <Preset key={preset.name[1]} preset={preset} />
        ))}
      </div>
    </div>
  );
}

function Preset({ preset }: { readonly preset: (typeof presets)[number] }) {
  const [times, setTimes] = useState(preset.times ?? 1);
  const [name, about] = [preset.name, preset.about].map(
    (words) => words[language.value === 'zh' ? 0 : 1],
  );
  return (
    <article class="card-box preset">
      <h3>{name}</h3>
      <p>{about}</p>
      <div class="tools">
        {preset.times !== undefined && (
          <label class="check">
            <input
              type="number"
              min="1"
              max="999"
              value={times}
              aria-label={`${name}${t('colon')}${t('times')}`}
              onInput={({ currentTarget }) => setTimes(Number(currentTarget.value) || 1)}
            />
            {t('times')}
          </label>
        )}
        <span class="grow" />
        <button
          type="button"
          class="tool strong"
          aria-label={`${before('turnOn')}${name}`}
          onClick={() => void attempt(() => ask('POST', preset.path, preset.body(times)))}
        >
          {t('turnOn')}
        </button>
      </div>
    </article>
  );
}

function timesLeft(left: number): string {
  if (language.value === 'zh') return `还剩 ${left} 次`;
  return left === 1 ? 'once more' : `${left} more times`;
}
