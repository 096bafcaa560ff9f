import { useCallback, useState } from 'preact/hooks';
import type { ProposalList } from '../../../../app/actions/proposals.ts';
import type { CountedTag } from '../../../../followers/tags.ts';
import type { DryRun } from '../../../../mass-send/dry-run.ts';
import type { ProposalSummary } from '../../../../proposals/proposal-summary.ts';
import type { StoredArticle } from '../../../../wechat/catalogue/draft.ts';
import { call } from '../../api.ts';
import { chinaTime, dateTime, number } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { go } from '../../route.ts';
import { me } from '../../session.ts';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { audienceWords } from './audience-words.ts';
import { CountedLoader } from './counts.tsx';
import { Message, type ShownContent } from './message.tsx';
import { PreviewForm } from './preview-form.tsx';
import { StateBadge, stateOf } from './state-badge.tsx';
import { WhatWouldHappen } from './what-would-happen.tsx';
import { w } from './words.ts';

interface Found {
  readonly proposal: ProposalSummary;
  readonly needsSecond: boolean;
}

async function read(id: string): Promise<Found> {
  const [proposal, { needsSecond }] = await Promise.all([
    call<ProposalSummary>('broadcasts', 'get', { id }),
    call<ProposalList>('broadcasts', 'list', { limit: 1 }),
  ]);
  return { proposal, needsSecond };
}

/** A proposal: exactly what would go out, to how many, and whether it may. */
export function Proposal({ id }: { readonly id: string }) {
  const loaded = useLoaded(() => read(id), [id]);
  return (
    <Loader loaded={loaded}>
      {(found) => <Details key={found.proposal.state} {...found} reload={loaded.reload} />}
    </Loader>
  );
}

function Details({
  proposal,
  needsSecond,
  reload,
}: Found & { readonly reload: () => Promise<void> }) {
  const { name, broadcast, proposedBy, proposedAt, until, decidedBy, decidedAt, massSend } =
    proposal;
  // Those that the seal stands for, and none that somebody has put in their place.
  const { id } = proposal;
  const readProposed = useCallback(
    () => call<readonly StoredArticle[]>('broadcasts', 'articlesOf', { id }),
    [id],
  );
  const tags = useLoaded(() =>
    call<{ readonly tags: readonly CountedTag[] }>('followers', 'listTags'),
  );
  const content = broadcast.content as ShownContent;
  const isWaiting = proposal.state === 'waiting';
  return (
    <>
      <h3>
        {name} <StateBadge state={stateOf(proposal)} />
      </h3>
      <p class="muted">
        {w('proposedAt', { name: proposedBy, time: dateTime(proposedAt) })}
        {isWaiting && ` · ${w('until', { time: dateTime(until) })}`}
        {decidedBy !== undefined &&
          ` · ${w('pair', {
            label: w(stateOf(proposal)),
            value: w('decidedBy', { name: decidedBy, time: dateTime(decidedAt ?? 0) }),
          })}`}
      </p>
      {proposal.reason !== undefined && (
        <p class="reason">{w('pair', { label: w('why'), value: proposal.reason })}</p>
      )}
      {massSend !== undefined && (
        <p>
          <a class="tool" href={`#/broadcasts/sent/${massSend}`}>
            {w('toBroadcast')}
          </a>
        </p>
      )}
      <div class="sides-phone">
        <div class="stack">
          <section>
            <h4>{w('audience')}</h4>
            <ul>
              {audienceWords(broadcast.audience, tags.data?.tags ?? []).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <p>{w('countedThen', { count: number(proposal.plan.receivers) })}</p>
            <p>
              {broadcast.at === undefined
                ? w('now')
                : w('startsAt', { time: chinaTime(broadcast.at) })}
            </p>
          </section>
          <section>
            <h4>{w('seal')}</h4>
            <code class="key">{proposal.digest}</code>
            <small class="muted">{w('sealHint')}</small>
          </section>
          {isWaiting && <Decision proposal={proposal} needsSecond={needsSecond} reload={reload} />}
        </div>
        <div class="stack">
          {(isWaiting || !content.mpnews) && (
            <Message content={content} readArticles={readProposed} />
          )}
          {isWaiting && <PreviewForm content={content} />}
        </div>
      </div>
    </>
  );
}

function Decision({
  proposal: { id, digest, contentDigest, proposedBy, plan },
  needsSecond,
  reload,
}: Found & { readonly reload: () => Promise<void> }) {
  const now = useLoaded(() => call<DryRun>('broadcasts', 'planOf', { id }), [id]);
  const [reason, setReason] = useState('');
  const isOwn = me.value?.name === proposedBy;
  const isEdited = now.data !== undefined && now.data.contentDigest !== contentDigest;
  const release = async () => {
    await call('broadcasts', 'release', { id, digest });
    tell(w('releasedNow'));
    go('broadcasts');
  };
  const decline = async () => {
    const why = reason.trim();
    await call('broadcasts', 'decline', { id, ...(why === '' ? {} : { reason: why }) });
    await reload();
  };
  return (
    <section>
      <h4>{w('dryRun')}</h4>
      <CountedLoader loaded={now}>{(dryRun) => <WhatWouldHappen dryRun={dryRun} />}</CountedLoader>
      {isEdited && (
        <p class="alarm" role="alert">
          {w('edited')}
        </p>
      )}
      {isOwn && needsSecond && <p class="good">{w('own')}</p>}
      <div class="form">
        {!(isOwn && needsSecond) && (
          <Act
            needs="send"
            class="tool strong"
            disabled={!now.data || isEdited || now.data.refusedBy.length > 0}
            question={w('releaseQuestion', {
              count: number(now.data?.plan?.receivers ?? plan.receivers),
            })}
            onAct={release}
          >
            {w('release')}
          </Act>
        )}
        <Act onAct={now.reload}>{t('refresh')}</Act>
      </div>
      <div class="form">
        {!isOwn && (
          <Field label={w('declineReason')}>
            <input
              value={reason}
              maxLength={200}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </Field>
        )}
        <Act needs="send" question={w('declineQuestion')} onAct={decline}>
          {w(isOwn ? 'withdraw' : 'decline')}
        </Act>
      </div>
    </section>
  );
}
