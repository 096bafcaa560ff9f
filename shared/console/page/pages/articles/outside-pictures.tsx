import { useState } from 'preact/hooks';
import type { LocalizedArticles } from '../../../../material/localize-pictures.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { Progress } from '../../parts/progress.tsx';
import { tell } from '../../toast.tsx';
import type { ArticleContent } from './content.ts';
import { withMoved } from './edited-article.ts';
import { w } from './words.ts';

/** So many in one call, so that the bar moves. */
const AT_ONCE = 3;

interface Failure {
  readonly url: string;
  readonly message: string;
}

/** Pictures that WeChat would leave out: the function fetches them, and gives them to WeChat. */
export function OutsidePictures({
  content: { html, outside },
  source,
  onMoved,
}: {
  readonly content: ArticleContent;
  readonly source: string;
  readonly onMoved: (source: string) => void;
}) {
  const [done, setDone] = useState<{ readonly count: number; readonly of: number }>();
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  if (outside.length === 0) return null;
  const bringIn = async () => {
    const failed: Failure[] = [];
    let text = source;
    try {
      for (let at = 0; at < outside.length; at += AT_ONCE) {
        setDone({ count: at, of: outside.length });
        const only = outside.slice(at, at + AT_ONCE);
        const payload = { articles: [{ content: html }], only };
        const outcome = await call<LocalizedArticles<object>>(
          'material',
          'localizePictures',
          payload,
        );
        failed.push(...outcome.failed);
        text = withMoved(text, outcome.moved);
      }
    } finally {
      setDone(undefined);
      setFailures(failed);
      // What was brought in stays so, whatever became of the others.
      if (text !== source) onMoved(text);
    }
    if (failed.length === 0) tell(w('broughtIn'));
  };
  return (
    <div class="alarm">
      {w('outside', { count: outside.length })}{' '}
      <Act needs="edit" onAct={bringIn}>
        {w('bringIn')}
      </Act>
      {done && <Progress done={done.count} total={done.of} label={w('bringing')} />}
      {failures.length > 0 && (
        <ul>
          {failures.map(({ url, message }) => (
            <li key={url}>
              {w('notBrought')} {url.slice(0, 80)} {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
