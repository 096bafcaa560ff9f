import type { JSX } from 'preact';
import { act } from '../api.ts';
import { Icon, type IconName } from '../icons.tsx';
import { openid } from '../settings.ts';
import { t, type Word } from '../words.ts';
import { EventSheet } from './event-sheet.tsx';
import { sheet } from './overlay.tsx';
import { SceneSheet } from './scene-sheet.tsx';
import { FileSheet, LinkSheet, type Place, PlaceSheet, VoiceSheet } from './sheets.tsx';

const say = (said: object) => void act(openid.value, 'say', said);

const sendPlace = ({ latitude, longitude, label }: Place) =>
  say({ type: 'location', Location_X: latitude, Location_Y: longitude, Label: label });
const reportPlace = ({ latitude, longitude }: Place) =>
  say({
    type: 'event',
    Event: 'LOCATION',
    Latitude: latitude,
    Longitude: longitude,
    Precision: 65,
  });

const items: readonly (readonly [Word, IconName, () => JSX.Element])[] = [
  [
    'photo',
    'photo',
    () => <FileSheet kind="image" onDone={(MediaId) => say({ type: 'image', MediaId })} />,
  ],
  [
    'video',
    'video',
    () => <FileSheet kind="video" onDone={(MediaId) => say({ type: 'video', MediaId })} />,
  ],
  ['voice', 'voice', () => <VoiceSheet />],
  ['location', 'place', () => <PlaceSheet onDone={sendPlace} />],
  ['link', 'link', () => <LinkSheet />],
  ['scan', 'scan', () => <SceneSheet />],
  ['reportLocation', 'pin', () => <PlaceSheet onDone={reportPlace} />],
  ['anyEvent', 'bolt', () => <EventSheet />],
];

/** What lies behind the plus: everything that is not text. */
export function MorePanel() {
  return (
    <div class="more-panel">
      {items.map(([word, icon, open]) => (
        <button
          key={word}
          type="button"
          onClick={() => {
            sheet.value = open();
          }}
        >
          <span class="more-icon">
            <Icon name={icon} size={28} />
          </span>
          {t(word)}
        </button>
      ))}
    </div>
  );
}
