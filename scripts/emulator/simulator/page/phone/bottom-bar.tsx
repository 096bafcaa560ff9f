import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { PhoneView } from '../../phones.ts';
import { act } from '../api.ts';
import { chat } from '../feed.ts';
import { Icon } from '../icons.tsx';
import { openid } from '../settings.ts';
import { t } from '../words.ts';
import { MenuBar } from './menu-bar.tsx';
import { MorePanel } from './more-panel.tsx';
import { sheet } from './overlay.tsx';
import { VoiceSheet } from './sheets.tsx';

const isTypingMode = signal(false);
/** What is written and not sent yet, by follower. */
const drafts = signal<Readonly<Record<string, string>>>({});

const EMOJI = [
  ...'😀😁😂🤣😊😍😘😜🤔😎😭😡👍👎👏🙏💪❤️💔🎉🎁🌹🎂☕🍺🐱🐶🌙☀️⭐🔥✅'.matchAll(/\p{Emoji}️?/gu),
].map(([emoji]) => emoji);

/** The account's menu, or the keyboard; a button at the left leads from one to the other. */
export function BottomBar({ phone }: { readonly phone: PhoneView }) {
  // A menu that appears does not take the keyboard away from somebody who is writing.
  const isWriting = (drafts.value[phone.openid] ?? '') !== '';
  if (phone.menu && !isTypingMode.value && !isWriting) {
    return (
      <MenuBar
        menu={phone.menu}
        onKeyboard={() => {
          isTypingMode.value = true;
        }}
      />
    );
  }
  return <Keyboard hasMenu={phone.menu !== null} />;
}

function Keyboard({ hasMenu }: { readonly hasMenu: boolean }) {
  const [panel, setPanel] = useState<'emoji' | 'more' | undefined>(undefined);
  const text = drafts.value[openid.value] ?? '';
  const setText = (next: string) => {
    drafts.value = { ...drafts.value, [openid.value]: next };
  };
  const toggle = (which: 'emoji' | 'more') => setPanel(panel === which ? undefined : which);
  const send = () => {
    if (text.trim() === '') return;
    setText('');
    setPanel(undefined);
    void act(openid.value, 'say', { type: 'text', Content: text });
  };

  return (
    <div class="bottom">
      <div class="keyboard">
        {hasMenu && (
          <button
            type="button"
            class="plain"
            aria-label={t('toMenu')}
            title={t('toMenu')}
            onClick={() => {
              isTypingMode.value = false;
            }}
          >
            <Icon name="menu" size={26} />
          </button>
        )}
        <button
          type="button"
          class="plain"
          aria-label={t('voice')}
          title={t('voice')}
          onClick={() => {
            sheet.value = <VoiceSheet />;
          }}
        >
          <Icon name="voice" size={26} />
        </button>
        <textarea
          class="say"
          rows={Math.min(4, text.split('\n').length)}
          value={text}
          aria-label={t('messageInput')}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            // Enter chooses a word while Chinese is being typed.
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              send();
            }
            if (event.key === 'ArrowUp' && text === '') setText(lastSaid());
          }}
        />
        <button
          type="button"
          class="plain"
          aria-label={t('emoji')}
          aria-expanded={panel === 'emoji'}
          title={t('emoji')}
          onClick={() => toggle('emoji')}
        >
          <Icon name="smile" size={26} />
        </button>
        {text === '' ? (
          <button
            type="button"
            class="plain"
            aria-label={t('more')}
            aria-expanded={panel === 'more'}
            title={t('more')}
            onClick={() => toggle('more')}
          >
            <Icon name="plus" size={26} />
          </button>
        ) : (
          <button type="button" class="send" onClick={send}>
            {t('send')}
          </button>
        )}
      </div>
      {panel === 'more' && <MorePanel />}
      {panel === 'emoji' && (
        <div class="emoji-panel">
          {EMOJI.map((emoji) => (
            <button key={emoji} type="button" class="plain" onClick={() => setText(text + emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function lastSaid(): string {
  const texts = [...chat.value.values()].flatMap((entry) =>
    entry.openid === openid.value && entry.from === 'follower' && entry.bubble.type === 'text'
      ? [entry.bubble.text]
      : [],
  );
  return texts.at(-1) ?? '';
}
