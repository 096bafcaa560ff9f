import { useRef, useState } from 'preact/hooks';
import { fileRules } from '../../../../material/file-rules.ts';
import type { MaterialType } from '../../../../wechat/catalogue/material.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { acceptedBy, inBase64, maxBytesOf, problemOf, sizeText } from '../../parts/chosen-file.ts';
import { Field } from '../../parts/field.tsx';
import { Progress } from '../../parts/progress.tsx';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { w } from './words.ts';

const types = Object.keys(fileRules.material) as readonly MaterialType[];

/** Chooses a file, says what WeChat would refuse before it is sent, and sends it. */
export function UploadForm({
  onUploaded,
}: {
  readonly onUploaded: (type: MaterialType) => Promise<void>;
}) {
  const [type, setType] = useState<MaterialType>('image');
  const [file, setFile] = useState<File>();
  const [texts, setTexts] = useState({ title: '', introduction: '' });
  const [share, setShare] = useState<number>();
  const input = useRef<HTMLInputElement>(null);
  const rule = fileRules.material[type];
  const problem = file && problemOf(file, rule);
  const isVideo = type === 'video';
  const upload = async () => {
    if (!file) return;
    try {
      setShare(0);
      const payload = { type, file: await inBase64(file), ...(isVideo ? texts : {}) };
      await call('material', 'add', payload, { onSent: setShare });
    } finally {
      setShare(undefined);
    }
    tell(w('uploaded'));
    setFile(undefined);
    setTexts({ title: '', introduction: '' });
    if (input.current) input.current.value = '';
    await onUploaded(type);
  };
  return (
    <>
      <div class="form">
        <Field label={w('kind')}>
          <select
            value={type}
            onChange={(event) => setType(event.currentTarget.value as MaterialType)}
          >
            {types.map((each) => (
              <option key={each} value={each}>
                {w(each)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={w('file')} hint={limitsOf(type)} error={problem}>
          <input
            ref={input}
            type="file"
            accept={acceptedBy(rule)}
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
        </Field>
        {isVideo &&
          (['title', 'introduction'] as const).map((name) => (
            <Field key={name} label={w(name)}>
              <input
                value={texts[name]}
                onInput={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
              />
            </Field>
          ))}
        <Act
          needs="edit"
          class="tool strong"
          disabled={!file || problem !== undefined || (isVideo && texts.title.trim() === '')}
          onAct={upload}
        >
          {w('upload')}
        </Act>
      </div>
      {share !== undefined && file && (
        <Progress
          done={Math.round((share * file.size) / 1024)}
          total={Math.ceil(file.size / 1024)}
          label={`${t('sending')} (KB)`}
        />
      )}
    </>
  );
}

function limitsOf(type: MaterialType): string {
  const rule = fileRules.material[type];
  const limits = { formats: rule.formats.join(t('and')), size: sizeText(maxBytesOf(rule)) };
  const seconds = 'maxSeconds' in rule ? w('seconds', { seconds: rule.maxSeconds }) : '';
  return w('limits', limits) + seconds;
}
