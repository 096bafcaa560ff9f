import { useEffect, useState } from 'preact/hooks';
import { t } from '../words.ts';

/** JSON to be changed by hand; what is no JSON cannot be saved. */
export function DocumentEditor(props: {
  readonly text: string;
  readonly onSave: (document: unknown) => void;
  readonly onCancel: () => void;
}) {
  const [text, setText] = useState(props.text);
  useEffect(() => setText(props.text), [props.text]);
  const document = parse(text);
  return (
    <form
      class="editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (document !== undefined) props.onSave(document);
      }}
    >
      <textarea
        rows={12}
        value={text}
        spellcheck={false}
        aria-label={t('edit')}
        aria-invalid={document === undefined}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div class="tools">
        <button type="submit" class="tool strong" disabled={document === undefined}>
          {t('save')}
        </button>
        <button type="button" class="tool" onClick={props.onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
