import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { TrafficRow } from '../../feed.ts';
import { ask, attempt } from '../api.ts';
import { phones, traffic } from '../feed.ts';
import { exactTime } from '../format.ts';
import { Icon } from '../icons.tsx';
import { now } from '../now.ts';
import { selectedRow } from '../settings.ts';
import { VirtualList } from '../virtual-list.tsx';
import { t, type Word } from '../words.ts';
import { stateText } from './state-text.ts';
import { TrafficDetail } from './traffic-detail.tsx';

const ROW_HEIGHT = 30;
/** What WeChat waits for. */
const PUSH_LIMIT_MS = 5_000;

const filters = ['all', 'pushes', 'calls', 'errors'] as const satisfies readonly Word[];
const filter = signal<(typeof filters)[number]>('all');
const words = signal('');
/** Whose rows are shown; empty: everybody's. */
const follower = signal('');

/** Both directions, one line each. */
export function TrafficPanel() {
  const rows = traffic.value;
  const shown = useMemo(
    () => [...rows.values()].filter((row) => isWanted(row) && isAbout(row) && hasWords(row)),
    [rows, filter.value, follower.value, words.value],
  );
  const isOpen = selectedRow.value !== undefined;

  return (
    <div class={`panel traffic ${isOpen ? 'with-detail' : ''}`}>
      <div class="tools">
        <input
          type="search"
          id="traffic-search"
          placeholder={`${t('search')}  /`}
          aria-label={t('search')}
          value={words.value}
          onInput={({ currentTarget }) => {
            words.value = currentTarget.value;
          }}
        />
        <div class="chips">
          {filters.map((each) => (
            <button
              key={each}
              type="button"
              class="chip"
              aria-pressed={filter.value === each}
              onClick={() => {
                filter.value = each;
              }}
            >
              {t(each)}
            </button>
          ))}
        </div>
        <FollowerChoice />
        <span class="grow" />
        <span class="count">
          {shown.length} {t('rows')}
        </span>
        <button
          type="button"
          class="tool"
          onClick={() => {
            selectedRow.value = undefined;
            void attempt(() => ask('DELETE', '/traffic'));
          }}
        >
          {t('clear')}
        </button>
      </div>
      {shown.length === 0 ? (
        <p class="empty">{t(rows.size === 0 ? 'noTraffic' : 'noMatch')}</p>
      ) : (
        <VirtualList
          items={shown}
          rowHeight={ROW_HEIGHT}
          label={t('traffic')}
          selected={selectedRow.value}
          onSelect={(id) => {
            selectedRow.value = id;
          }}
        >
          {(row) => <Row row={row} />}
        </VirtualList>
      )}
      {selectedRow.value !== undefined && <TrafficDetail id={selectedRow.value} />}
    </div>
  );
}

/** One of those who have a phone here. */
function FollowerChoice() {
  return (
    <select
      aria-label={t('ofFollower')}
      value={follower.value}
      onChange={({ currentTarget }) => {
        follower.value = currentTarget.value;
      }}
    >
      <option value="">{t('everyFollower')}</option>
      {phones.value.map(({ openid, name }) => (
        <option key={openid} value={openid}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Row({ row }: { readonly row: TrafficRow }) {
  const { kind, state } = row;
  const isPending = state === 'pending';
  // The bar of a push that waits grows towards the five seconds.
  const ms = isPending ? Math.max(0, now.value - row.at) : (row.ms ?? 0);
  const share = Math.min(100, (ms / PUSH_LIMIT_MS) * 100);
  return (
    <>
      <span class="cell-time">
        {exactTime(row.at).slice(0, -4)}
        <span class="exact">{exactTime(row.at).slice(-4)}</span>
      </span>
      <span class={`cell-kind ${kind}`} title={t(kind === 'push' ? 'pushes' : 'calls')}>
        <Icon name={kind === 'push' ? 'down' : 'up'} size={14} />
      </span>
      <span class="cell-name">{row.name}</span>
      <span class="cell-about">{row.about}</span>
      <span class="cell-openid" title={[row.openid, ...(row.others ?? [])].join(' ').trim()}>
        {row.openid ?? ''}
        {row.others && ` +${row.others.length}`}
      </span>
      <span class={`state ${row.failure ? 'fault' : state}`} title={row.failure ?? ''}>
        {stateText(row)}
      </span>
      <span class="cell-ms">{isPending ? '…' : `${ms} ms`}</span>
      <span class="bar" aria-hidden="true">
        <span
          class={ms >= PUSH_LIMIT_MS ? 'late' : ms > 3_000 ? 'slow' : ''}
          style={{ width: `${Math.max(2, share)}%` }}
        />
      </span>
    </>
  );
}

function isWanted({ kind, state, failure }: TrafficRow): boolean {
  switch (filter.value) {
    case 'all':
      return true;
    case 'pushes':
      return kind === 'push';
    case 'calls':
      return kind === 'call';
    case 'errors':
      return state === 'fault' || state === 'refused' || failure !== undefined;
  }
}

function isAbout({ openid, others }: TrafficRow): boolean {
  const chosen = follower.value;
  return chosen === '' || openid === chosen || (others?.includes(chosen) ?? false);
}

function hasWords(row: TrafficRow): boolean {
  const { name, about, openid, errcode, rid, status, failure } = row;
  const text = `${name} ${about} ${openid} ${errcode} ${rid} ${status} ${failure}`;
  return text.toLowerCase().includes(words.value.toLowerCase());
}
