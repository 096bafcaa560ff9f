import { useRef } from 'preact/hooks';
import { articleLimits } from '../../../../material/article-limits.ts';
import { fileRules } from '../../../../material/file-rules.ts';
import { call } from '../../api.ts';
import { number } from '../../format.ts';
import { acceptedBy, inBase64, problemOf } from '../../parts/chosen-file.ts';
import { confirmed } from '../../parts/confirm.tsx';
import { Field } from '../../parts/field.tsx';
import { attempt, complain } from '../../toast.tsx';
import { type ArticleContent, cleaned } from './content.ts';
import type { EditedArticle } from './edited-article.ts';
import { w } from './words.ts';

interface TextFormProps {
  readonly article: EditedArticle;
  readonly content: ArticleContent;
  readonly onChange: (changes: Partial<EditedArticle>) => void;
}

/** The text of an article: as Markdown, or formatted, as it was pasted. */
export function TextForm({
  article: { form, source },
  content: { html },
  onChange,
}: TextFormProps) {
  const text = useRef<HTMLTextAreaElement>(null);
  const used = html.length;
  const limit = articleLimits.contentCharacters;
  const counts = { used: number(used), limit: number(limit) };
  const insert = (piece: string) => {
    const { selectionStart: from, selectionEnd: to } = text.current ?? {};
    const start = from ?? source.length;
    onChange({ source: source.slice(0, start) + piece + source.slice(to ?? start) });
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData?.getData('text/html') ?? '';
    if (form !== 'html' || pasted === '') return;
    event.preventDefault();
    insert(cleaned(pasted));
  };
  const openFile = async (file: File) => {
    if (source !== '' && !(await confirmed(w('replaceQuestion')))) return;
    const given = await file.text();
    const isHtml = /\.html?$/i.test(file.name);
    onChange({ form: isHtml ? 'html' : 'markdown', source: isHtml ? cleaned(given) : given });
  };
  const addPicture = async (file: File) => {
    const problem = problemOf(file, fileRules.article.image);
    if (problem !== undefined) {
      complain(new Error(w('pictureOver', { problem })));
      return;
    }
    const payload = { file: await inBase64(file) };
    const { url } = await call<{ readonly url: string }>('material', 'uploadImage', payload);
    insert(
      form === 'html'
        ? `<p><img src="${url.replaceAll('&', '&amp;')}"></p>`
        : `\n\n![](${url})\n\n`,
    );
  };
  return (
    <>
      <div class="chips">
        {(['markdown', 'html'] as const).map((each) => (
          <button
            key={each}
            type="button"
            class="chip"
            aria-pressed={form === each}
            onClick={() => {
              if (form === each) return;
              if (source === '') onChange({ form: each });
              else if (each === 'html') {
                void confirmed(w('toHtmlQuestion')).then((isSure) => {
                  if (isSure) onChange({ form: 'html', source: html });
                });
              }
            }}
            disabled={form === 'html' && each === 'markdown' && source !== ''}
          >
            {w(each)}
          </button>
        ))}
      </div>
      <Field
        label={w('text')}
        hint={`${w(form === 'html' ? 'htmlHint' : 'markdownHint')} · ${w('contentUsed', counts)}`}
        error={used > limit ? w('contentOver', counts) : undefined}
      >
        <textarea
          ref={text}
          rows={14}
          class="article-source"
          value={source}
          onInput={(event) => onChange({ source: event.currentTarget.value })}
          onPaste={paste}
        />
      </Field>
      <div class="form">
        <FileField label={w('openFile')} accept=".md,.markdown,.txt,.html,.htm" onFile={openFile} />
        <FileField
          label={w('addPicture')}
          accept={acceptedBy(fileRules.article.image)}
          onFile={addPicture}
        />
      </div>
    </>
  );
}

/** Does something with a file as soon as it is chosen. */
function FileField({
  label,
  accept,
  onFile,
}: {
  readonly label: string;
  readonly accept: string;
  readonly onFile: (file: File) => Promise<void>;
}) {
  return (
    <Field label={label}>
      <input
        type="file"
        accept={accept}
        onChange={(event) => {
          const input = event.currentTarget;
          const [file] = input.files ?? [];
          if (!file) return;
          void attempt(() => onFile(file)).then(() => {
            input.value = '';
          });
        }}
      />
    </Field>
  );
}
