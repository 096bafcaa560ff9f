import type { PhoneView } from '../../phones.ts';
import { act, ask, attempt } from '../api.ts';
import { phones, sections } from '../feed.ts';
import { clockTime } from '../format.ts';
import { Icon } from '../icons.tsx';
import { now } from '../now.ts';
import { openid } from '../settings.ts';
import { before, span, t } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { BuildToast } from './build-toast.tsx';
import { Chat } from './chat.tsx';
import { useDroppedFiles, usePastedFiles } from './given-files.tsx';
import { ActionSheet, sheet, webPage } from './overlay.tsx';
import { SceneSheet } from './scene-sheet.tsx';
import { WebView } from './web-view.tsx';

/** The phone of the follower whose tab is open. */
export function Phone() {
  const phone = phones.value.find((each) => each.openid === openid.value);
  const takesFiles = phone?.isFollowing ?? false;
  usePastedFiles(takesFiles);
  const { isOver, handlers } = useDroppedFiles(takesFiles);
  if (!phone) return null;
  return (
    <section class="phone" aria-label={`${t('phoneOf')} ${phone.name}`}>
      <StatusBar />
      <div class="screen" {...handlers}>
        <header class="phone-head">
          <span class="plain" aria-hidden="true">
            <Icon name="back" />
          </span>
          <h2>{phone.isTyping ? t('typing') : t('accountName')}</h2>
          <button
            type="button"
            class="plain"
            aria-label={t('accountMenu')}
            title={t('accountMenu')}
            onClick={() => openAccountMenu(phone)}
          >
            <Icon name="more" />
          </button>
        </header>
        {phone.isFollowing ? (
          <>
            <Chat name={phone.name} />
            {phone.hasNewerMenu && <p class="menu-hint">{t('newerMenu')}</p>}
            <BottomBar phone={phone} />
          </>
        ) : (
          <Profile phone={phone} />
        )}
        <BuildToast />
        {webPage.value && <WebView url={webPage.value} />}
        {sheet.value}
        {isOver && <p class="drop-here">{t('dropHere')}</p>}
      </div>
    </section>
  );
}

/** Apart, so that the clock does not draw the whole chat anew with every tick. */
function StatusBar() {
  return (
    <div class="status-bar" aria-hidden="true">
      <span>{clockTime(now.value)}</span>
      <svg viewBox="0 0 48 14" width="48" height="14" aria-hidden="true">
        <path d="M1 11h3v3H1zM6 8h3v6H6zM11 5h3v9h-3zM16 2h3v12h-3z" />
        <path d="M26 3h17a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H26a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM46 6h1v4h-1z" />
      </svg>
    </div>
  );
}

/** What somebody sees who does not follow. */
function Profile({ phone }: { readonly phone: PhoneView }) {
  const { account } = sections.value;
  return (
    <div class="profile">
      <Avatar name="" size={72} />
      <h3>{t('accountName')}</h3>
      <p class="id">{account?.originalId}</p>
      <p>{t('profileAbout')}</p>
      <button type="button" class="wide-button" onClick={() => void act(phone.openid, 'follow')}>
        {t('follow')}
      </button>
      <button
        type="button"
        class="wide-button light"
        onClick={() => {
          sheet.value = <SceneSheet />;
        }}
      >
        {t('followByCode')}
      </button>
    </div>
  );
}

function openAccountMenu(phone: PhoneView): void {
  const isSlow = sections.value.menuRefresh === 'like-wechat';
  const path = `/followers/${phone.openid}`;
  const rule = isSlow ? 'at-once' : 'like-wechat';
  sheet.value = (
    <ActionSheet
      title={t('accountMenu')}
      actions={[
        { label: t('saveChat'), run: () => void attempt(() => saveConversation(phone)) },
        {
          label: t(isSlow ? 'refreshMenu' : 'refreshMenuSlow'),
          run: () => void attempt(() => ask('PUT', '/menu-refresh', { rule })),
        },
        { label: t('clearChat'), run: () => void attempt(() => ask('DELETE', `${path}/chat`)) },
        {
          label: t('removeFollower'),
          run: () =>
            void attempt(async () => {
              await ask('DELETE', path);
              openid.value = phones.value.find((each) => each !== phone)?.openid ?? '';
            }),
        },
        ...(phone.isFollowing
          ? [{ label: t('unfollow'), isGrave: true, run: () => void act(phone.openid, 'unfollow') }]
          : []),
      ]}
    />
  );
}

/** As `npm run record` writes it. */
async function saveConversation({ openid: who }: PhoneView): Promise<void> {
  const conversation = await ask<unknown>('GET', `/followers/${who}/conversation`);
  const file = new Blob([JSON.stringify(conversation, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${who}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** How many customer-service messages the account may still send, by the best of the windows. */
export function WindowLine() {
  const phone = phones.value.find((each) => each.openid === openid.value);
  const open = Object.values(phone?.windows ?? {}).filter(({ until }) => until > now.value);
  const left = open.reduce((sum, window) => sum + window.left, 0);
  const until = Math.max(0, ...open.map((window) => window.until));
  return (
    <p class="window-line">
      {before('windowLeft')}
      {left}
      {until > 0 && ` · ${span(until - now.value)}`}
    </p>
  );
}
