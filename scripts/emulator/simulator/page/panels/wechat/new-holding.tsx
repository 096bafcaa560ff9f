import { useState } from 'preact/hooks';
import { t } from '../../words.ts';
import { DocumentEditor } from '../document-editor.tsx';
import type { Field, Maker, Order } from './holding.ts';

interface MakerProps<By extends Maker['by']> {
  readonly maker: Extract<Maker, { by: By }>;
  /** Whether it was done. */
  readonly give: (order: Order) => Promise<boolean>;
}

/** One more of a kind; what was typed stays until WeChat has taken it. */
export function NewHolding({ maker, give }: MakerProps<Maker['by']>) {
  switch (maker.by) {
    case 'fields':
      return <FromFields maker={maker} give={give} />;
    case 'json':
      return <FromJson maker={maker} give={give} />;
    case 'file':
      return <FromFile give={give} />;
  }
}

function FromFields({ maker, give }: MakerProps<'fields'>) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const isFilled = ({ name, isOptional }: Field) => isOptional || (values[name] ?? '') !== '';
  return (
    <form
      class="tools"
      onSubmit={(event) => {
        event.preventDefault();
        void give(maker.order(values)).then((isDone) => isDone && setValues({}));
      }}
    >
      {maker.fields.map(({ name, word, isNumber }) => (
        <input
          key={name}
          inputMode={isNumber ? 'numeric' : 'text'}
          class="held-field"
          placeholder={t(word)}
          aria-label={t(word)}
          value={values[name] ?? ''}
          onInput={({ currentTarget }) => setValues({ ...values, [name]: currentTarget.value })}
        />
      ))}
      <button type="submit" class="tool strong" disabled={!maker.fields.every(isFilled)}>
        {t('create')}
      </button>
    </form>
  );
}

function FromJson({ maker, give }: MakerProps<'json'>) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <div class="tools">
        <button type="button" class="tool strong" onClick={() => setOpen(true)}>
          {t('create')}
        </button>
      </div>
    );
  }
  return (
    <DocumentEditor
      text={JSON.stringify(maker.example, null, 2)}
      onCancel={() => setOpen(false)}
      onSave={(value) => void give(maker.order(value)).then((isDone) => isDone && setOpen(false))}
    />
  );
}

function FromFile({ give }: Pick<MakerProps<'file'>, 'give'>) {
  return (
    <div class="tools">
      <label class="tool strong upload">
        {t('chooseFile')}
        <input
          type="file"
          accept="image/*,audio/*,video/mp4"
          class="unseen"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            currentTarget.value = '';
            if (file) void give(uploadOf(file));
          }}
        />
      </label>
    </div>
  );
}

function uploadOf(file: File): Order {
  const [kind = ''] = file.type.split('/');
  const type = { audio: 'voice', video: 'video' }[kind] ?? 'image';
  return ['POST', `/wechat/material?${new URLSearchParams({ type, fileName: file.name })}`, file];
}
