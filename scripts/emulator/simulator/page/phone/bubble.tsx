import { useState } from 'preact/hooks';
import type { Bubble } from '../../bubble.ts';
import { act } from '../api.ts';
import { Icon } from '../icons.tsx';
import { piecesOf } from '../rich-text.ts';
import { openid } from '../settings.ts';
import { t } from '../words.ts';
import { FileCard, LinkCard, NewsCard, NoticeCard, PlaceCard, ProgramCard } from './cards.tsx';
import { openPage } from './overlay.tsx';
import { Picture } from './picture.tsx';

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
          piece.kind === 'link' ? openPage(piece.url) : void say(piece.said, piece.id);
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
    <button type="button" class="card music" onClick={() => openPage(bubble.url)}>
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
