import { useEffect, useState } from 'preact/hooks';
import type { ShownSession, ShownSessions } from '../../shown-sessions.ts';
import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { dateTime } from '../format.ts';
import { openid } from '../settings.ts';
import { before, t } from '../words.ts';
import { DocumentEditor } from './document-editor.tsx';

type Shown = Awaited<ReturnType<ShownSessions['of']>>;

/** What the account remembers of the follower whose phone is shown, to read and to change. */
export function SessionsPanel() {
  const follower = openid.value;
  const [shown, setShown] = useState<Shown>({ sessions: [], waiting: 0 });
  const version = sections.value.store?.version;
  const path = `/followers/${follower}/sessions`;
  const load = () => ask<Shown>('GET', path);

  useEffect(() => {
    let isWanted = true;
    load().then(
      (answer) => isWanted && setShown(answer),
      // The collection is not there yet.
      () => isWanted && setShown({ sessions: [], waiting: 0 }),
    );
    return () => {
      isWanted = false;
    };
  }, [follower, version]);

  const change = (act: () => Promise<unknown>) =>
    attempt(async () => {
      await act();
      setShown(await load());
    });

  return (
    <div class="panel pad">
      <p>{t('sessionsAbout')}</p>
      <h2>
        {follower}
        {shown.waiting > 0 && (
          <small class="muted">
            {' '}
            {before('inLine')}
            {shown.waiting}
          </small>
        )}
      </h2>
      {shown.sessions.length === 0 && <p class="empty">{t('noSessions')}</p>}
      {shown.sessions.map((session) => (
        <Session
          key={`${follower} ${session.name}`}
          session={session}
          onSave={(value) => void change(() => ask('PUT', path, { name: session.name, value }))}
          onForget={() =>
            void change(() =>
              ask('DELETE', `${path}?${new URLSearchParams({ name: session.name })}`),
            )
          }
        />
      ))}
    </div>
  );
}

function Session(props: {
  readonly session: ShownSession;
  readonly onSave: (value: unknown) => void;
  readonly onForget: () => void;
}) {
  const { name, value, until } = props.session;
  const [isEdited, setEdited] = useState(false);
  const text = JSON.stringify(value, null, 2);
  return (
    <section class="document" aria-label={name}>
      <div class="tools">
        <strong>{name}</strong>
        <small class="muted">
          {t('expires')} {dateTime(until)}
        </small>
        <span class="grow" />
        <button type="button" class="tool small" onClick={() => setEdited(true)}>
          {t('edit')}
        </button>
        <button type="button" class="tool small" onClick={props.onForget}>
          {t('forget')}
        </button>
      </div>
      {isEdited ? (
        <DocumentEditor
          text={text}
          onCancel={() => setEdited(false)}
          onSave={(changed) => {
            props.onSave(changed);
            setEdited(false);
          }}
        />
      ) : (
        <pre>{text}</pre>
      )}
    </section>
  );
}
