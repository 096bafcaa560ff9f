import type { NoticeTemplate } from '../../../outreach/notices.ts';
import { call } from '../api.ts';
import { Act } from '../parts/act.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loader, useLoaded } from '../parts/load.tsx';
import { tell } from '../toast.tsx';
import { t } from '../words.ts';
import { TestForm } from './templates/test-form.tsx';
import { w } from './templates/words.ts';

interface Found {
  readonly templates: readonly NoticeTemplate[];
}

/** The templates of messages to one follower, with their fields, and a test of each. */
export default function Templates() {
  const notices = useLoaded(() => call<Found>('followers', 'listTemplates'));
  const subscribe = useLoaded(() => call<Found>('followers', 'listSubscribeTemplates'));
  const sendNotice = async (message: object, link: string) => {
    await call('followers', 'sendTemplate', { ...message, ...(link === '' ? {} : { url: link }) });
    tell(w('sent'));
  };
  const sendSubscribe = async (message: object, link: string) => {
    await call('followers', 'sendSubscribe', {
      ...message,
      ...(link === '' ? {} : { page: link }),
    });
    tell(w('sent'));
  };
  return (
    <>
      <p class="muted">{w('about')}</p>
      <div class="form">
        <Act onAct={() => Promise.all([notices.reload(), subscribe.reload()])}>{t('refresh')}</Act>
      </div>
      <section>
        <h3>{w('notices')}</h3>
        <Loader loaded={notices}>
          {({ templates }) => <List templates={templates} onSend={sendNotice} />}
        </Loader>
      </section>
      <section>
        <h3>{w('subscribe')}</h3>
        <Loader loaded={subscribe}>
          {({ templates }) => <List templates={templates} onSend={sendSubscribe} />}
        </Loader>
      </section>
    </>
  );
}

function List({
  templates,
  onSend,
}: {
  readonly templates: readonly NoticeTemplate[];
  readonly onSend: (message: object, link: string) => Promise<void>;
}) {
  if (templates.length === 0) {
    return (
      <Empty title={w('none')}>
        <p>{w('noneAbout')}</p>
      </Empty>
    );
  }
  return (
    <ul class="templates">
      {templates.map(({ id, title, content, example }) => (
        <li key={id}>
          <h4>{title}</h4>
          <small class="muted id">{id}</small>
          <div class="sides">
            <figure>
              <figcaption>{w('content')}</figcaption>
              <pre>{content.trim()}</pre>
            </figure>
            <figure>
              <figcaption>{w('example')}</figcaption>
              <pre>{example.trim()}</pre>
            </figure>
          </div>
          <TestForm id={id} content={content} onSend={onSend} />
        </li>
      ))}
    </ul>
  );
}
