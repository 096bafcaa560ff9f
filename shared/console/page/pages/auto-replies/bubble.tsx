import type { AutoAnswer } from '../../../../auto-replies/rule.ts';
import type { ReturnedFile } from '../../../../material/return-file.ts';
import { call } from '../../api.ts';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { Picture } from '../../parts/picture.tsx';
import { w } from './words.ts';

/** An answer as it stands in the chat. */
export function Bubble({ answer }: { readonly answer: AutoAnswer }) {
  switch (answer.type) {
    case 'text':
      return <p class="bubble">{answer.content}</p>;
    case 'image':
      return <LibraryPicture mediaId={answer.mediaId} />;
    case 'voice':
      return (
        <div class="bubble">
          <b>🔊 {w('voice')}</b>
          <small class="muted id">{answer.mediaId}</small>
        </div>
      );
    case 'video':
      return (
        <div class="bubble">
          <b>▶ {answer.title || w('video')}</b>
          {answer.description && <small class="block">{answer.description}</small>}
          <small class="muted id">{answer.mediaId}</small>
        </div>
      );
    case 'news':
      return (
        <ol class="article-cards">
          {answer.articles.map(({ title, description, picUrl, url }, at) => (
            <li key={at}>
              {picUrl !== '' && <Picture url={picUrl} alt="" class="trial-cover" />}
              <b class="block">{title}</b>
              {description && <small class="block">{description}</small>}
              <small class="muted id">{url}</small>
            </li>
          ))}
        </ol>
      );
    case 'transfer_customer_service':
      return (
        <p class="muted small">
          {w('handedOver')} {answer.kfAccount}
        </p>
      );
  }
}

/** A rule names a picture by its id alone, so the library is asked for it; it says what is not there. */
function LibraryPicture({ mediaId }: { readonly mediaId: string }) {
  const loaded = useLoaded(
    () => call<ReturnedFile>('material', 'get', { media_id: mediaId }),
    [mediaId],
  );
  return (
    <Loader loaded={loaded}>
      {(file) =>
        'base64' in file ? (
          <img
            class="trial-picture"
            src={`data:${file.contentType};base64,${file.base64}`}
            alt={w('image')}
          />
        ) : (
          <p class="bubble">{w('inStorage')}</p>
        )
      }
    </Loader>
  );
}
