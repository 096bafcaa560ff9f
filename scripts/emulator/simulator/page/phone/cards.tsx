import type { Bubble, NewsArticle } from '../../bubble.ts';
import { Icon } from '../icons.tsx';
import { t } from '../words.ts';
import { openPage } from './overlay.tsx';
import { Picture } from './picture.tsx';

type Of<Type extends Bubble['type']> = { readonly bubble: Extract<Bubble, { type: Type }> };

export function NewsCard({ articles }: { readonly articles: readonly NewsArticle[] }) {
  const [first, ...others] = articles;
  if (!first) return null;
  return (
    <div class="card news">
      <button type="button" class="news-first" onClick={() => openPage(first.url)}>
        <Picture class="news-cover" url={first.picUrl} label="" />
        <strong class={others.length > 0 ? 'news-over' : 'news-title'}>{first.title}</strong>
        {others.length === 0 && first.description && <small>{first.description}</small>}
      </button>
      {others.map((article) => (
        <button
          key={article.url + article.title}
          type="button"
          class="news-other"
          onClick={() => openPage(article.url)}
        >
          <span>{article.title}</span>
          <Picture class="news-thumb" url={article.picUrl} label="" />
        </button>
      ))}
    </div>
  );
}

export function ProgramCard({ bubble }: Of<'miniprogram'>) {
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

export function PlaceCard({ bubble }: Of<'location'>) {
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

export function LinkCard({ bubble }: Of<'link'>) {
  return (
    <button type="button" class="card link" onClick={() => openPage(bubble.url)}>
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

export function FileCard({ bubble }: Of<'file'>) {
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

export function NoticeCard({ bubble }: Of<'notice'>) {
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
        <button type="button" class="card-foot" onClick={() => openPage(bubble.url)}>
          {t('details')}
        </button>
      )}
    </div>
  );
}
