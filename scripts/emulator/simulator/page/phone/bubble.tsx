import { useState } from 'preact/hooks';
import type { Bubble, NewsArticle } from '../../bubble.ts';
import { act } from '../api.ts';
import { Icon } from '../icons.tsx';
import { isSafe, piecesOf } from '../rich-text.ts';
import { openid } from '../settings.ts';
import { t } from '../words.ts';
import { webPage } from './overlay.tsx';

type Of<Type extends Bubble['type']> = { readonly bubble: Extract<Bubble, { type: Type }> };

/** What was said, by its type; the grey lines are not among it. */
export function BubbleBody({ bubble }: { readonly bubble: Exclude<Bubble, { type: 'tip' }> }) {
  switch (bubble.type) {
    case 'text':
      return <TextBubble bubble={bubble} />;
    case 'image':
      return <Picture class="picture" url={bubble.url} label={t('photo')} note={bubble.mediaId} />;
    case 'voice':
      return <VoiceBubble bubble={bubble} />;
    case 'video':
      return <VideoBubble bubble={bubble} />;
    case 'music':
      return <MusicBubble bubble={bubble} />;
    case 'news':
      return <NewsCard articles={bubble.articles} />;
    case 'miniprogram':
      return <ProgramCard bubble={bubble} />;
    case 'location':
      return <PlaceCard bubble={bubble} />;
    case 'link':
      return <LinkCard bubble={bubble} />;
    case 'file':
      return <FileCard bubble={bubble} />;
    case 'choices':
      return <ChoicesBubble bubble={bubble} />;
    case 'notice':
      return <NoticeCard bubble={bubble} />;
    case 'other':
      return (
        <div class="card other">
          <strong>{bubble.name}</strong>
          <pre>{bubble.json}</pre>
        </div>
      );
  }
}

function TextBubble({ bubble }: Of<'text'>) {
  return <div class="text">{<Pieces text={bubble.text} isRich={bubble.isRich ?? false} />}</div>;
}

function Pieces({ text, isRich }: { readonly text: string; readonly isRich: boolean }) {
  return (
    <>
      {piecesOf(text, isRich).map((piece, at) => {
        const key = `${at} ${piece.kind}`;
        if (piece.kind === 'text') return <span key={key}>{piece.text}</span>;
        const tapped = () =>
          piece.kind === 'link' ? open(piece.url) : void say(piece.said, piece.id);
        return (
          <button key={key} type="button" class="inline-link" onClick={tapped}>
            {piece.text}
          </button>
        );
      })}
    </>
  );
}

function say(Content: string, bizmsgmenuid: string): Promise<unknown> {
  const id = bizmsgmenuid ? { bizmsgmenuid } : {};
  return act(openid.value, 'say', { type: 'text', Content, ...id });
}

function open(url: string): void {
  if (isSafe(url)) webPage.value = url;
}

/** A picture, or a grey place where it would be. */
function Picture(props: {
  readonly class: string;
  readonly url: string;
  readonly label: string;
  readonly note?: string;
}) {
  const [isMissing, setMissing] = useState(props.url === '');
  if (isMissing) {
    return (
      <div class={`${props.class} missing`} role="img" aria-label={props.label}>
        <Icon name="photo" />
        {props.note && <small>{props.note}</small>}
      </div>
    );
  }
  return (
    <img
      class={props.class}
      src={props.url}
      alt={props.label}
      loading="lazy"
      onError={() => setMissing(true)}
    />
  );
}

function VoiceBubble({ bubble }: Of<'voice'>) {
  const { seconds, recognition } = bubble;
  // As long as WeChat draws it: two seconds are short, sixty fill the width.
  const width = 76 + Math.min(60, seconds ?? 1) * 2.2;
  return (
    <>
      <div class="text voice" style={{ width: `${width}px` }}>
        <svg class="waves" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path d="M7 12h.01M10 9a5 5 0 0 1 0 6M13.500 6a9 9 0 0 1 0 12" />
        </svg>
        <span>{seconds === undefined ? t('voice') : `${seconds}″`}</span>
      </div>
      {recognition && <div class="recognition">{recognition}</div>}
    </>
  );
}

function VideoBubble({ bubble }: Of<'video'>) {
  const [isPlaying, setPlaying] = useState(false);
  const label = bubble.title || t('video');
  return (
    <div class="video">
      {isPlaying ? (
        // biome-ignore lint/a11y/useMediaCaption: what followers send has none
        <video src={bubble.url} controls autoPlay aria-label={label} />
      ) : (
        <button type="button" aria-label={label} onClick={() => setPlaying(true)}>
          <span class="play">
            <Icon name="play" size={26} />
          </span>
        </button>
      )}
      {bubble.title && <div class="video-title">{bubble.title}</div>}
    </div>
  );
}

function MusicBubble({ bubble }: Of<'music'>) {
  return (
    <button type="button" class="card music" onClick={() => open(bubble.url)}>
      <span class="music-cover">
        <Icon name="note" />
      </span>
      <span class="card-words">
        <strong>{bubble.title || t('link')}</strong>
        <small>{bubble.description}</small>
      </span>
    </button>
  );
}

function NewsCard({ articles }: { readonly articles: readonly NewsArticle[] }) {
  const [first, ...others] = articles;
  if (!first) return null;
  return (
    <div class="card news">
      <button type="button" class="news-first" onClick={() => open(first.url)}>
        <Picture class="news-cover" url={first.picUrl} label="" />
        <strong class={others.length > 0 ? 'news-over' : 'news-title'}>{first.title}</strong>
        {others.length === 0 && first.description && <small>{first.description}</small>}
      </button>
      {others.map((article) => (
        <button
          key={article.url + article.title}
          type="button"
          class="news-other"
          onClick={() => open(article.url)}
        >
          <span>{article.title}</span>
          <Picture class="news-thumb" url={article.picUrl} label="" />
        </button>
      ))}
    </div>
  );
}

function ProgramCard({ bubble }: Of<'miniprogram'>) {
  return (
    <div class="card program">
      <small>{bubble.appid}</small>
      <strong>{bubble.title}</strong>
      <Picture
        class="program-cover"
        url={bubble.coverUrl}
        label={bubble.title}
        note={bubble.path}
      />
      <small class="card-foot">
        <Icon name="program" size={14} /> {t('miniProgram')}
      </small>
    </div>
  );
}

function PlaceCard({ bubble }: Of<'location'>) {
  return (
    <div class="card place">
      <strong>{bubble.label || t('location')}</strong>
      <small>
        {bubble.latitude.toFixed(4)}, {bubble.longitude.toFixed(4)}
      </small>
      <svg class="map" viewBox="0 0 230 96" aria-hidden="true">
        <path class="water" d="M0 70c40-20 80 10 120-6s70-40 110-28v60H0Z" />
        <path class="road" d="M-5 30 90 52 150 20l90 18M60-5l24 110M170-5l-22 110" />
        <path class="needle" d="M115 62s-13-12-13-22a13 13 0 0 1 26 0c0 10-13 22-13 22Z" />
      </svg>
    </div>
  );
}

function LinkCard({ bubble }: Of<'link'>) {
  return (
    <button type="button" class="card link" onClick={() => open(bubble.url)}>
      <span class="card-words">
        <strong>{bubble.title}</strong>
        <small>{bubble.description || bubble.url}</small>
      </span>
      <span class="link-thumb">
        <Icon name="link" />
      </span>
    </button>
  );
}

function FileCard({ bubble }: Of<'file'>) {
  return (
    <div class="card link">
      <span class="card-words">
        <strong>{bubble.title}</strong>
        <small>{bubble.description}</small>
      </span>
      <span class="link-thumb">
        <Icon name="file" />
      </span>
    </div>
  );
}

function ChoicesBubble({ bubble }: Of<'choices'>) {
  return (
    <div class="text choices">
      {bubble.head && <p>{bubble.head}</p>}
      {bubble.items.map(({ id, text }) => (
        <p key={id}>
          <button type="button" class="inline-link" onClick={() => void say(text, id)}>
            {text}
          </button>
        </p>
      ))}
      {bubble.tail && <p>{bubble.tail}</p>}
    </div>
  );
}

function NoticeCard({ bubble }: Of<'notice'>) {
  return (
    <div class="card notice">
      <strong>{bubble.title}</strong>
      <dl>
        {bubble.rows.map(({ label, value }, at) => (
          <div key={`${at} ${label}`} class={label ? '' : 'whole'}>
            {label && <dt>{label}</dt>}
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {bubble.url && (
        <button type="button" class="card-foot" onClick={() => open(bubble.url)}>
          {t('details')}
        </button>
      )}
    </div>
  );
}
