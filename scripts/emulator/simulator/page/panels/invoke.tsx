import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import {
  actions,
  broken,
  choose,
  chosen,
  exampleOf,
  isRunning,
  loadActions,
  outcome,
  run,
  startWith,
} from '../invocation.ts';
import { language } from '../settings.ts';
import { t } from '../words.ts';
import { PayloadForm } from './payload-form.tsx';

const isJson = signal(false);

/** Invokes a function by one of its actions, as an operator would. */
export function InvokePanel() {
  useEffect(() => void loadActions(), []);
  const action = chosen.value;
  return (
    <div class="panel pad invoke">
      <p class="muted">{t('invokeAbout')}</p>
      <div class="tools">
        <ActionChoice />
      </div>
      {action && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void run();
          }}
        >
          <p>{withCode(language.value === 'zh' ? action.zh : action.en)}</p>
          <PayloadForm isJson={isJson.value} />
          <div class="tools">
            <button
              type="submit"
              class="tool strong"
              disabled={broken.value.size > 0 || isRunning.value}
            >
              {t(isRunning.value ? 'invoking' : 'invokeNow')}
            </button>
            <button type="button" class="tool" onClick={() => startWith(exampleOf(action))}>
              {t('example')}
            </button>
            <button type="button" class="tool" onClick={() => startWith(undefined)}>
              {t('clear')}
            </button>
            <label class="check">
              <input
                type="checkbox"
                checked={isJson.value}
                onChange={({ currentTarget }) => {
                  isJson.value = currentTarget.checked;
                }}
              />
              {t('asJson')}
            </label>
          </div>
        </form>
      )}
      <Outcome />
    </div>
  );
}

/** Texts of the reference name fields in backticks. */
function withCode(text: string) {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}

/** The function, and then what it does. */
function ActionChoice() {
  const all = actions.value;
  const current = chosen.value;
  if (!current) return null;
  const names = [...new Set(all.map((each) => each.function))];
  const own = all.filter((each) => each.function === current.function);
  const pick = (name: string, action?: string) => {
    const found = all.find(
      (each) => each.function === name && (action === undefined || each.action === action),
    );
    if (found) choose(found);
  };
  return (
    <>
      <label class="check">
        {t('function')}
        <select
          aria-label={t('function')}
          value={current.function}
          onChange={({ currentTarget }) => pick(currentTarget.value)}
        >
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        {t('action')}
        <select
          aria-label={t('action')}
          value={current.action}
          onChange={({ currentTarget }) => pick(current.function, currentTarget.value)}
        >
          {own.map(({ action }) => (
            <option key={action} value={action}>
              {action}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

function Outcome() {
  if (!outcome.value) return null;
  const { answer, ms } = outcome.value;
  return (
    <section aria-label={t('answer')}>
      <h2>
        {t('answer')}{' '}
        <span class={`state ${answer.ok ? 'ok' : 'fault'}`}>
          {answer.ok ? t('succeeded') : answer.error.code}
        </span>{' '}
        <small class="muted">{ms} ms</small>
      </h2>
      <pre>{answer.ok ? JSON.stringify(answer.data ?? null, null, 2) : answer.error.message}</pre>
    </section>
  );
}
