import { useState } from 'preact/hooks';
import type { RuleList } from '../../../../auto-replies/rule.ts';
import { Limited } from '../../parts/limited.tsx';
import { ArticlesFields } from './articles-fields.tsx';
import type { EditedAnswer } from './edited-rules.ts';
import { LibraryChooser } from './library-chooser.tsx';
import { textRules } from './problems.ts';
import { w } from './words.ts';

interface AnswerFieldsProps {
  readonly list: RuleList;
  readonly answer: EditedAnswer;
  readonly onChange: (answer: EditedAnswer) => void;
}

/** What an answer of its type consists of. */
export function AnswerFields({ list, answer, onChange }: AnswerFieldsProps) {
  const { type, content, title, description, kfAccount } = answer;
  switch (type) {
    case 'text':
      return (
        <Limited
          {...textRules.content}
          label={w('text')}
          rows={4}
          value={content}
          onInput={(next) => onChange({ ...answer, content: next })}
        />
      );
    case 'image':
    case 'voice':
      return <MediaField kind={type} answer={answer} onChange={onChange} />;
    case 'video':
      return (
        <>
          <MediaField kind={type} answer={answer} onChange={onChange} />
          <Limited
            {...textRules.videoTitle}
            label={w('videoTitle')}
            value={title}
            onInput={(next) => onChange({ ...answer, title: next })}
          />
          <Limited
            {...textRules.description}
            label={w('videoText')}
            value={description}
            onInput={(next) => onChange({ ...answer, description: next })}
          />
        </>
      );
    case 'news':
      return <ArticlesFields list={list} answer={answer} onChange={onChange} />;
    case 'transfer_customer_service':
      return (
        <>
          <p class="muted small">{w('transferAbout')}</p>
          <Limited
            label={w('kfAccount')}
            hint={w('kfHint')}
            value={kfAccount}
            onInput={(next) => onChange({ ...answer, kfAccount: next })}
          />
        </>
      );
  }
}

function MediaField({
  kind,
  answer,
  onChange,
}: {
  readonly kind: 'image' | 'voice' | 'video';
  readonly answer: EditedAnswer;
  readonly onChange: (answer: EditedAnswer) => void;
}) {
  const [isChoosing, setChoosing] = useState(false);
  const { mediaIds } = answer;
  const put = (id: string) => onChange({ ...answer, mediaIds: { ...mediaIds, [kind]: id } });
  return (
    <>
      <Limited {...textRules.mediaId} label={w('mediaId')} value={mediaIds[kind]} onInput={put} />
      <div class="actions">
        <button type="button" class="tool" onClick={() => setChoosing(true)}>
          {w('fromLibrary')}
        </button>
      </div>
      {isChoosing && (
        <LibraryChooser kind={kind} onChoose={put} onClose={() => setChoosing(false)} />
      )}
    </>
  );
}
