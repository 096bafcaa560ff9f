import { useState } from 'preact/hooks';
import type { FollowerRow } from '../../../../followers/search.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { day } from '../../format.ts';
import { importedOf, nameOf } from './row-text.ts';
import { Tagging } from './tagging.tsx';
import { w } from './words.ts';

/** The followers that were found, to be opened, or chosen and tagged together. */
export function Results({
  rows,
  tags,
  onOpen,
  onChanged,
}: {
  readonly rows: readonly FollowerRow[];
  readonly tags: readonly Tag[];
  readonly onOpen: (openid: string) => void;
  readonly onChanged: () => Promise<void>;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const openids = rows.map(({ openid }) => openid).filter((openid) => chosen.has(openid));
  const toggle = (openid: string) => {
    const next = new Set(chosen);
    if (!next.delete(openid)) next.add(openid);
    setChosen(next);
  };
  const isAll = openids.length === rows.length;
  return (
    <>
      <div class="form">
        <label class="choice">
          <input
            type="checkbox"
            checked={isAll}
            onChange={() => setChosen(new Set(isAll ? [] : rows.map(({ openid }) => openid)))}
          />
          {w('all')}
        </label>
        <span class="muted">{w('chosen', { count: openids.length })}</span>
        {openids.length > 0 && <Tagging openids={openids} tags={tags} onChanged={onChanged} />}
      </div>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{w('follower')}</th>
            <th scope="col">{w('tags')}</th>
            <th scope="col">{w('data')}</th>
            <th scope="col">{w('since')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.openid}>
              <th scope="row" data-label={w('follower')}>
                <span class="choice">
                  <input
                    type="checkbox"
                    checked={chosen.has(row.openid)}
                    aria-label={w('choose', { name: nameOf(row) })}
                    onChange={() => toggle(row.openid)}
                  />
                  <span>
                    <button type="button" class="link" onClick={() => onOpen(row.openid)}>
                      {nameOf(row)}
                    </button>
                    <small class="muted id">{row.openid}</small>
                  </span>
                </span>
              </th>
              <td data-label={w('tags')}>
                <span>
                  {row.blockedAt !== undefined && <span class="state fault">{w('blocked')}</span>}
                  {(row.tags ?? []).map((id) => (
                    <span key={id} class="tag">
                      {tags.find((tag) => tag.id === id)?.name ?? `#${id}`}
                    </span>
                  ))}
                </span>
              </td>
              <td data-label={w('data')}>
                <span>
                  {importedOf(row)
                    .map(([name, value]) => `${name}: ${value}`)
                    .join(' · ')}
                </span>
              </td>
              <td data-label={w('since')}>{day(row.since)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
