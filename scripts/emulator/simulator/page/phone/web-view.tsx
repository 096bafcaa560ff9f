import { sections } from '../feed.ts';
import { Icon } from '../icons.tsx';
import { isSafe } from '../rich-text.ts';
import { openid } from '../settings.ts';
import { t } from '../words.ts';
import { webPage } from './overlay.tsx';

const OAUTH_HOST = 'open.weixin.qq.com';

/** A page inside WeChat. The OAuth page is the emulated one, visited by the follower of this phone. */
export function WebView({ url }: { readonly url: string }) {
  const address = isSafe(url) ? localOauth(url) : 'about:blank';
  return (
    <section class="web-view" aria-label={t('link')}>
      <header class="phone-head">
        <button
          type="button"
          class="plain"
          aria-label={t('close')}
          onClick={() => {
            webPage.value = undefined;
          }}
        >
          <Icon name="close" />
        </button>
        <span class="web-title">{url}</span>
        <a class="plain" href={address} target="_blank" rel="noreferrer" title={t('openOutside')}>
          <Icon name="trace" size={20} />
          <span class="unseen">{t('openOutside')}</span>
        </a>
      </header>
      <iframe title={url} src={address} sandbox="allow-scripts allow-forms allow-same-origin" />
    </section>
  );
}

function localOauth(url: string): string {
  const parsed = new URL(url);
  const { urls } = sections.value.account ?? {};
  if (parsed.host !== OAUTH_HOST || !urls) return url;
  parsed.searchParams.set('emulator_openid', openid.value);
  return `${urls.wechatApi}${parsed.pathname}${parsed.search}`;
}
