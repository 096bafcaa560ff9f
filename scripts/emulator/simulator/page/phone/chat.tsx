import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Bubble, ChatEntry } from '../../bubble.ts';
import { ask, attempt } from '../api.ts';
import { chat, traffic } from '../feed.ts';
import { clockTime } from '../format.ts';
import { Icon } from '../icons.tsx';
import { lookAt, openid } from '../settings.ts';
import { t, type Word } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { BubbleBody } from './bubble.tsx';

/** WeChat writes the time between two messages that are so far apart. */
const PAUSE_MS = 5 * 60_000;
/** Further back than anybody scrolls. */
const MAX_SHOWN = 400;

export function Chat({ name }: { readonly name: string }) {
  const entries = [...chat.value.values()]
    .filter((entry) => entry.openid === openid.value)
    .slice(-MAX_SHOWN);
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);

  useLayoutEffect(() => {
    if (list.current && isAtEnd.current) list.current.scrollTop = list.current.scrollHeight;
  });

  // The keyboard comes up from below, pictures grow when they are there: the end stays in sight.
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const stay = () => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    };
    const observer = new ResizeObserver(stay);
    observer.observe(element);
    element.addEventListener('load', stay, true);
    return () => observer.disconnect();
  }, []);

  return (
    <div
      ref={list}
      class="chat"
      role="log"
      aria-label={t('chat')}
      // It scrolls, so the keyboard must be able to get there.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onScroll={({ currentTarget }) => {
        const { scrollTop, clientHeight, scrollHeight } = currentTarget;
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 40;
      }}
    >
      {entries.map((entry, at) => {
        const before = entries[at - 1];
        const isLater = !before || entry.at - before.at > PAUSE_MS;
        return (
          <div key={entry.id} class="entry-group">
            {isLater && <time class="chat-time">{clockTime(entry.at)}</time>}
            <Entry entry={entry} name={name} />
          </div>
        );
      })}
    </div>
  );
}

function Entry({ entry, name }: { readonly entry: ChatEntry; readonly name: string }) {
  const { bubble, from, state, via } = entry;
  if (bubble.type === 'tip') return <TipLine entry={entry} bubble={bubble} />;
  const isOurs = from === 'follower';
  return (
    <div class={`entry ${isOurs ? 'ours' : 'theirs'}`} data-via={via} data-type={bubble.type}>
      <Avatar name={isOurs ? name : ''} />
      <div class="said">
        {(via === 'mass' || via === 'preview') && <small class="via">{t(via)}</small>}
        <BubbleBody bubble={bubble} />
      </div>
      {state === 'sending' && <span class="sending" role="img" aria-label={t('sending')} />}
      {state === 'failed' && (
        <button
          type="button"
          class="failed"
          aria-label={t('failed')}
          title={t('failed')}
          onClick={() =>
            void attempt(() => ask('POST', `/traffic/${entry.trafficId}/replay?fresh=1`))
          }
        >
          !
        </button>
      )}
      <Trace entry={entry} />
    </div>
  );
}

const tipWords: Readonly<Record<string, Word>> = {
  follow: 'tipFollow',
  unfollow: 'tipUnfollow',
  scan: 'tipScan',
  menu: 'tipMenu',
  human: 'tipHuman',
  ai: 'tipAi',
  error: 'tipError',
  'location-report': 'tipPlace',
};

function TipLine(props: {
  readonly entry: ChatEntry;
  readonly bubble: Extract<Bubble, { type: 'tip' }>;
}) {
  const { entry, bubble } = props;
  const word = tipWords[bubble.tip];
  const text = word ? `${t(word)}${bubble.text ? ` · ${bubble.text}` : ''}` : bubble.text;
  return (
    <div class="tip" data-tip={bubble.tip}>
      <span>{text}</span>
      {entry.reason && <small class="reason">{entry.reason}</small>}
      <Trace entry={entry} />
    </div>
  );
}

function Trace({ entry: { trafficId } }: { readonly entry: ChatEntry }) {
  if (trafficId === undefined || !traffic.value.has(trafficId)) return null;
  return (
    <button
      type="button"
      class="trace"
      aria-label={t('showTraffic')}
      title={t('showTraffic')}
      onClick={() => lookAt(trafficId)}
    >
      <Icon name="trace" size={14} />
    </button>
  );
}
