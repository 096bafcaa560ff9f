import { useState } from 'preact/hooks';
import type { EventName } from '../../../wechat/push/events.ts';
import { eventNames, sampleEvent } from '../../../wechat/push/samples.ts';
import { act } from '../api.ts';
import { language, openid } from '../settings.ts';
import { t } from '../words.ts';
import { leafLike, leavesOf, pathText, withLeaf } from './event-fields.ts';
import { eventTitles } from './event-names.ts';
import { closeSheet, Field, Sheet } from './overlay.tsx';

type Fields = Readonly<Record<string, unknown>>;

/** Any event at all: one of WeChat's with the fields that it has, or one of another name. */
export function EventSheet() {
  const [name, setName] = useState<EventName | 'other' | undefined>(undefined);
  if (name === undefined) return <EventChoice onChoice={setName} />;
  if (name === 'other') return <EventForm key={name} given="" sample={{ EventKey: '' }} />;
  return <EventForm key={name} given={name} sample={fieldsOf(name)} />;
}

/** Every event that WeChat is known to push, found by its name or by what it is. */
function EventChoice(props: { readonly onChoice: (name: EventName | 'other') => void }) {
  const [words, setWords] = useState('');
  const wanted = words.toLowerCase();
  const found = eventNames.filter((name) =>
    [name, ...eventTitles[name]].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <Sheet title={t('anyEvent')}>
      <input
        type="search"
        class="sheet-search"
        placeholder={t('search')}
        aria-label={t('search')}
        value={words}
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <ul class="choices-list">
        {found.map((name) => (
          <li key={name}>
            <button type="button" class="choice" onClick={() => props.onChoice(name)}>
              <span>{titleOf(name)}</span>
              <code>{name}</code>
            </button>
          </li>
        ))}
        <li>
          <button type="button" class="choice" onClick={() => props.onChoice('other')}>
            <span>{t('otherEvent')}</span>
          </button>
        </li>
      </ul>
    </Sheet>
  );
}

function EventForm({ given, sample }: { readonly given: string; readonly sample: Fields }) {
  const [name, setName] = useState(given);
  const [fields, setFields] = useState(sample);
  // While it is being typed it is not JSON at every letter.
  const [json, setJson] = useState<string | undefined>(undefined);
  const isKnown = given !== '';
  const change = (next: Fields) => {
    setFields(next);
    setJson(undefined);
  };
  return (
    <Sheet
      title={isKnown ? titleOf(given as EventName) : t('otherEvent')}
      isReady={name !== '' && (json === undefined || readFields(json) !== undefined)}
      onSubmit={() => {
        closeSheet();
        void act(openid.value, 'say', { type: 'event', Event: name, ...fields });
      }}
    >
      {isKnown ? (
        <code class="event-name">{given}</code>
      ) : (
        <Field label={t('eventName')}>
          <input value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
        </Field>
      )}
      {leavesOf(fields).map(({ path, value }) => (
        <Field key={pathText(path)} label={pathText(path)}>
          <input
            value={String(value)}
            onInput={({ currentTarget }) =>
              change(withLeaf(fields, path, leafLike(value, currentTarget.value)))
            }
          />
        </Field>
      ))}
      <details>
        <summary>{t('eventFields')}</summary>
        <textarea
          class="json"
          rows={8}
          aria-label={t('eventFields')}
          aria-invalid={json !== undefined && readFields(json) === undefined}
          value={json ?? JSON.stringify(fields, null, 2)}
          onInput={({ currentTarget }) => {
            setJson(currentTarget.value);
            const read = readFields(currentTarget.value);
            if (read) setFields(read);
          }}
        />
      </details>
    </Sheet>
  );
}

function titleOf(name: EventName): string {
  return eventTitles[name][language.value === 'zh' ? 0 : 1];
}

/** What the event has beside its name and its sender. */
function fieldsOf(name: EventName): Fields {
  const sample: object = sampleEvent(openid.value, name);
  const own = Object.entries(sample).filter(
    ([field]) => !['type', 'Event', 'openid'].includes(field),
  );
  return Object.fromEntries(own);
}

function readFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
