import { useState } from 'preact/hooks';
import { act, attempt } from '../api.ts';
import { Icon } from '../icons.tsx';
import { openid } from '../settings.ts';
import { t, type Word } from '../words.ts';
import { closeSheet, Field, Sheet } from './overlay.tsx';
import { sendFile } from './phone-file.ts';
import { samplePhoto, samplePlaces, sampleVideo, sampleVoice } from './samples.ts';

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly label: string;
}

/** A real file, or one that is made up; calls `onDone` with its media id. */
export function FileSheet(props: {
  readonly kind: 'image' | 'video';
  readonly onDone: (mediaId: string) => void;
}) {
  const { kind, onDone } = props;
  const isImage = kind === 'image';
  const take = (file: Blob, name: string) => {
    closeSheet();
    void attempt(() => sendFile(kind, file, name)).then((mediaId) => mediaId && onDone(mediaId));
  };
  const sample = async () =>
    isImage ? take(await samplePhoto(), 'sample.jpg') : take(sampleVideo(), 'sample.mp4');
  return (
    <Sheet title={t(isImage ? 'photo' : 'video')}>
      <FileChoice
        icon={isImage ? 'photo' : 'video'}
        word="chooseFile"
        accept={isImage ? 'image/*' : 'video/*'}
        onFile={take}
      />
      <button type="button" class="wide-button light" onClick={() => void attempt(sample)}>
        {t(isImage ? 'samplePhoto' : 'sampleVideo')}
      </button>
    </Sheet>
  );
}

/**
 * A voice that was recorded elsewhere, or a silent one. No browser records AMR, which is all that WeChat
 * hands to an account.
 */
export function VoiceSheet() {
  const [seconds, setSeconds] = useState(3);
  const [recognition, setRecognition] = useState('');
  const say = (MediaId: string) => {
    const Recognition = recognition ? { Recognition: recognition } : {};
    return act(openid.value, 'say', { type: 'voice', MediaId, ...Recognition });
  };
  const send = (file: Blob, name: string) => {
    closeSheet();
    void attempt(async () => say(await sendFile('voice', file, name)));
  };
  return (
    <Sheet title={t('voice')} onSubmit={() => send(sampleVoice(seconds), 'voice.amr')}>
      <Field label={`${seconds} ${t('seconds')}`}>
        <input
          type="range"
          min="1"
          max="60"
          value={seconds}
          onInput={({ currentTarget }) => setSeconds(Number(currentTarget.value))}
        />
      </Field>
      <Field label={t('recognition')}>
        <input
          value={recognition}
          onInput={({ currentTarget }) => setRecognition(currentTarget.value)}
        />
      </Field>
      <FileChoice icon="voice" word="chooseVoice" accept=".amr,.mp3,audio/*" onFile={send} />
    </Sheet>
  );
}

/** Lets one file be chosen. */
function FileChoice(props: {
  readonly icon: 'photo' | 'video' | 'voice';
  readonly word: Word;
  readonly accept: string;
  readonly onFile: (file: Blob, name: string) => void;
}) {
  const { icon, word, accept, onFile } = props;
  return (
    <label class="file-choice">
      <Icon name={icon} size={32} />
      <span>{t(word)}</span>
      <input
        type="file"
        class="unseen"
        accept={accept}
        onChange={({ currentTarget: { files } }) => {
          const file = files?.[0];
          if (file) onFile(file, file.name);
        }}
      />
    </label>
  );
}

export function PlaceSheet({ onDone }: { readonly onDone: (place: Place) => void }) {
  const [place, setPlace] = useState<Place>(samplePlaces[0]);
  const number = (name: 'latitude' | 'longitude') => (
    <Field label={t(name)}>
      <input
        type="number"
        step="any"
        value={place[name]}
        onInput={({ currentTarget }) => setPlace({ ...place, [name]: Number(currentTarget.value) })}
      />
    </Field>
  );
  return (
    <Sheet
      title={t('location')}
      onSubmit={() => {
        closeSheet();
        onDone(place);
      }}
    >
      <div class="chips">
        {samplePlaces.map((each) => (
          <button
            key={each.label}
            type="button"
            class="chip"
            aria-pressed={each.label === place.label}
            onClick={() => setPlace(each)}
          >
            {each.label}
          </button>
        ))}
      </div>
      <Field label={t('label')}>
        <input
          value={place.label}
          onInput={({ currentTarget }) => setPlace({ ...place, label: currentTarget.value })}
        />
      </Field>
      <div class="two-fields">
        {number('latitude')}
        {number('longitude')}
      </div>
    </Sheet>
  );
}

export function LinkSheet() {
  const [link, setLink] = useState({ Url: 'https://example.com/', Title: '', Description: '' });
  const field = (name: keyof typeof link, label: string) => (
    <Field label={label}>
      <input
        value={link[name]}
        onInput={({ currentTarget }) => setLink({ ...link, [name]: currentTarget.value })}
      />
    </Field>
  );
  return (
    <Sheet
      title={t('link')}
      isReady={link.Url !== ''}
      onSubmit={() => {
        closeSheet();
        const Title = link.Title || link.Url;
        void act(openid.value, 'say', { type: 'link', ...link, Title });
      }}
    >
      {field('Url', t('address'))}
      {field('Title', t('title'))}
      {field('Description', t('description'))}
    </Sheet>
  );
}
