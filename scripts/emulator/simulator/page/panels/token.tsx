import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { dateTime } from '../format.ts';
import { now } from '../now.ts';
import { before, span, stateName, t } from '../words.ts';

/** Our document, and WeChat's side of it. */
export function TokenPanel() {
  const tokens = sections.value.tokens;
  if (!tokens) return null;
  const { list } = tokens.wechat.tokens;
  const { tokenFetches, staleTokenUses } = tokens.wechat.statistics;
  return (
    <div class="panel pad">
      <h2>{t('ourToken')}</h2>
      {tokens.documents.length === 0 && <p class="empty">{t('noToken')}</p>}
      <div class="cards">
        {tokens.documents.map((document) => (
          <TokenCard key={String(document._id)} document={document as unknown as TokenView} />
        ))}
      </div>
      <h2>{t('theirTokens')}</h2>
      <div class="tools">
        <span>
          {before('tokenFetches')}
          {tokenFetches.stable + tokenFetches.classic}
        </span>
        <span>
          {before('staleUses')}
          {staleTokenUses}
        </span>
        <span class="grow" />
        <button
          type="button"
          class="tool"
          onClick={() => void attempt(() => ask('POST', '/wechat/tokens/revoke', {}))}
        >
          {t('revokeNow')}
        </button>
        <button
          type="button"
          class="tool"
          onClick={() => void attempt(() => ask('POST', '/wechat/tokens/expire', {}))}
        >
          {t('expireNow')}
        </button>
      </div>
      <table>
        <thead>
          <tr>
            <th>#</th>
            <th>{t('kind')}</th>
            <th>{t('status')}</th>
            <th>{t('issued')}</th>
            <th>{t('expires')}</th>
          </tr>
        </thead>
        <tbody>
          {[...list].reverse().map((token) => (
            <tr key={token.generation}>
              <td>{token.generation}</td>
              <td>{token.kind}</td>
              <td>
                <span class={`state ${token.status === 'current' ? 'ok' : 'silent'}`}>
                  {stateName(token.status)}
                </span>
              </td>
              <td>{dateTime(token.issuedAt)}</td>
              <td>{dateTime(token.usableUntil)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** As far as the page knows the document; what it does not know it does not show. */
interface TokenView {
  readonly _id: string;
  readonly kind?: string;
  readonly generation?: number;
  readonly issuedAt?: number;
  readonly expiresAt?: number;
  readonly isRefused?: boolean;
  readonly lease?: { readonly holder: string; readonly until: number };
  readonly failure?: { readonly reason: string; readonly errcode?: number; readonly count: number };
}

function TokenCard({ document }: { readonly document: TokenView }) {
  const { generation, issuedAt, expiresAt, lease, failure, isRefused } = document;
  const life = issuedAt && expiresAt ? expiresAt - issuedAt : 0;
  const age = issuedAt ? Math.max(0, now.value - issuedAt) : 0;
  const share = life > 0 ? Math.min(100, (age / life) * 100) : 0;
  return (
    <article class="card-box">
      <header>
        <h3>{document.kind ?? document._id}</h3>
        {isRefused && <span class="state fault">{t('refused')}</span>}
      </header>
      <dl class="facts">
        <dt>{t('generation')}</dt>
        <dd>{generation ?? 0}</dd>
        <dt>{t('age')}</dt>
        <dd>{issuedAt ? span(age) : '—'}</dd>
        <dt>{t('left')}</dt>
        <dd>{expiresAt ? span(expiresAt - now.value) : '—'}</dd>
        <dt>{t('lease')}</dt>
        <dd>{lease && lease.until > now.value ? lease.holder : t('none')}</dd>
      </dl>
      <div class="life" aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </div>
      {failure && (
        <p class="reason">
          {failure.reason} {failure.errcode ?? ''} ×{failure.count}
        </p>
      )}
    </article>
  );
}
