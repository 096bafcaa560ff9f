import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { SectionValues } from '../../sections.ts';
import { ask, attempt } from '../api.ts';
import { logs, sections } from '../feed.ts';
import { now } from '../now.ts';
import { before, span, t } from '../words.ts';
import { LogLines } from './log-lines.tsx';
import { TimerRow } from './timer-row.tsx';

const MAX_SHOWN_LINES = 300;

const chosen = signal('');
const withPlatform = signal(false);
const words = signal('');

type FunctionView = SectionValues['functions'][number];

/** Each function with its processes, and what they write. */
export function FunctionsPanel() {
  const list = useRef<HTMLDivElement>(null);
  const lines = logs.value
    .filter((entry) => chosen.value === '' || entry.function === chosen.value)
    .filter(({ stream }) => withPlatform.value || stream !== 'platform')
    .filter(({ line }) => line.toLowerCase().includes(words.value.toLowerCase()))
    .slice(-MAX_SHOWN_LINES);
  useLayoutEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [lines.at(-1)?.id, chosen.value, words.value]);

  return (
    <div class="panel split">
      <div class="cards">
        {(sections.value.functions ?? []).map((each) => (
          <FunctionCard key={each.name} view={each} />
        ))}
      </div>
      <section class="logs" aria-label={t('log')}>
        <div class="tools">
          <div class="chips">
            {['', ...(sections.value.functions ?? []).map(({ name }) => name)].map((name) => (
              <button
                key={name}
                type="button"
                class="chip"
                aria-pressed={chosen.value === name}
                onClick={() => {
                  chosen.value = name;
                }}
              >
                {name || t('all')}
              </button>
            ))}
          </div>
          <input
            type="search"
            placeholder={t('search')}
            aria-label={`${t('search')}${t('colon')}${t('log')}`}
            value={words.value}
            onInput={({ currentTarget }) => {
              words.value = currentTarget.value;
            }}
          />
          <span class="grow" />
          <label class="check">
            <input
              type="checkbox"
              checked={withPlatform.value}
              onChange={({ currentTarget }) => {
                withPlatform.value = currentTarget.checked;
              }}
            />
            {t('platformLines')}
          </label>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
        <div ref={list} class="scroll" tabIndex={0}>
          {lines.length > 0 ? (
            <LogLines lines={lines} />
          ) : (
            <p class="empty">{t(logs.value.length === 0 ? 'noLog' : 'noMatch')}</p>
          )}
        </div>
      </section>
    </div>
  );
}

function FunctionCard({ view }: { readonly view: FunctionView }) {
  const { name, last, instances, timers, memoryMb, timeoutSeconds } = view;
  return (
    <article class="card-box">
      <header>
        <h2>{name}</h2>
        <small class="muted">
          {memoryMb} MB · {timeoutSeconds} s{view.url && ` · ${view.url}`}
        </small>
      </header>
      {last && (
        <p class="last">
          {before('lastRun')}
          <span class={`state ${last.ok ? 'ok' : 'fault'}`}>{last.source}</span> {last.ms} ms ·{' '}
          {last.memoryMb} MB · {last.cold ? `${t('cold')} ${last.initMs} ms` : t('warm')}
          {last.error && <span class="reason"> · {last.error}</span>}
        </p>
      )}
      {timers.map((timer) => (
        <TimerRow key={timer.name} owner={name} timer={timer} />
      ))}
      {instances.length === 0 ? (
        <p class="muted">{t('noInstance')}</p>
      ) : (
        <ul class="instances">
          {instances.map((instance) => (
            <Instance key={instance.id} instance={instance} />
          ))}
        </ul>
      )}
    </article>
  );
}

function Instance({ instance }: { readonly instance: FunctionView['instances'][number] }) {
  const { id, state, isRetired, invocations, residentMb, startedAt } = instance;
  const tell = (order: string) => void attempt(() => ask('POST', `/instances/${id}/${order}`));
  return (
    <li>
      <span class={`dot ${state}`} aria-hidden="true" />
      <span>{id}</span>
      <small class="muted">
        {isRetired ? t('retired') : t(state)} · {invocations} {t('runs')} · {residentMb} MB ·{' '}
        {span(now.value - startedAt)}
      </small>
      <span class="grow" />
      <button
        type="button"
        class="tool small"
        onClick={() => tell(state === 'held' ? 'thaw' : 'freeze')}
      >
        {t(state === 'held' ? 'thaw' : 'freeze')}
      </button>
      <button type="button" class="tool small" onClick={() => tell('kill')}>
        {t('kill')}
      </button>
    </li>
  );
}
