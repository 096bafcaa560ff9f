import { useState } from 'preact/hooks';
import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { language } from '../settings.ts';
import { t } from '../words.ts';
import { presets } from './fault-presets.ts';

/** Faults to switch on, each for so many times, and those that wait to strike. */
export function FaultsPanel() {
  const faults = sections.value.faults;
  const active = [
    ...(faults?.push ?? []).map((fault) => ({ where: 'push', fault })),
    ...(faults?.wechat ?? []).map((fault) => ({ where: 'wechat', fault })),
    ...(faults?.cloudbase ?? [])
      .filter(({ fault, hits }) => hits < (fault.times ?? Number.POSITIVE_INFINITY))
      .map(({ fault, hits }) => ({ where: 'cloudbase', fault: { ...fault, hits } })),
  ];
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
        <ul class="active-faults">
          {active.map(({ where, fault }) => (
            <li key={`${where} ${JSON.stringify(fault)}`}>
              <span class="state fault">{where}</span> <code>{JSON.stringify(fault)}</code>
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
  const [times, setTimes] = useState(1);
  const [name, about] = [preset.name, preset.about].map(
    (words) => words[language.value === 'zh' ? 0 : 1],
  );
  return (
    <article class="card-box preset">
      <h3>{name}</h3>
      <p>{about}</p>
      <div class="tools">
        {preset.hasTimes && (
          <label class="check">
            <input
              type="number"
              min="1"
              max="999"
              value={times}
              aria-label={`${name}: ${t('times')}`}
              onInput={({ currentTarget }) => setTimes(Number(currentTarget.value) || 1)}
            />
            {t('times')}
          </label>
        )}
        <span class="grow" />
        <button
          type="button"
          class="tool strong"
          aria-label={`${t('turnOn')}: ${name}`}
          onClick={() => void attempt(() => ask('POST', preset.path, preset.body(times)))}
        >
          {t('turnOn')}
        </button>
      </div>
    </article>
  );
}
