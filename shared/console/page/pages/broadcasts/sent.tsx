import type { MassSendSummary } from '../../../../mass-send/summary.ts';
import { call } from '../../api.ts';
import { chinaTime, number } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { Progress, useRepeatedly } from '../../parts/progress.tsx';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { kindWords } from './audience-words.ts';
import { Counts } from './counts.tsx';
import { StateBadge } from './state-badge.tsx';
import { ruleName, w } from './words.ts';

const STOPPABLE = ['scheduled', 'preparing', 'sending'];

/** A broadcast on its way, or what has become of it. */
export function Sent({ id }: { readonly id: string }) {
  const loaded = useLoaded(() => call<MassSendSummary>('mass-send', 'status', { id }), [id]);
  const { data, reload } = loaded;
  useRepeatedly(reload, data?.isOver === false);
  const act = async (action: 'cancel' | 'delete') => {
    await (action === 'cancel'
      ? call('mass-send', 'cancel', { id })
      : call('mass-send', 'delete', { id }));
    tell(w(action === 'cancel' ? 'stoppedNow' : 'removed'));
    await reload();
  };
  return (
    <Loader loaded={loaded}>
      {(sent) => (
        <>
          <h3>
            <StateBadge state={sent.state} /> {kindWords(sent.audience)}
          </h3>
          <p class="muted">{w('startsAt', { time: chinaTime(sent.startsAt) })}</p>
          <Progress done={Math.round(sent.progress * 100)} total={100} label={w('progress')} />
          {sent.waiting && (
            <p class="good" role="status">
              {w('waits', {
                rule: ruleName(sent.waiting.rule),
                time: chinaTime(sent.waiting.until),
              })}
            </p>
          )}
          {sent.reason !== undefined && (
            <p class="reason">{w('pair', { label: w('why'), value: sent.reason })}</p>
          )}
          <Figures sent={sent} />
          <div class="actions">
            <Act onAct={reload}>{t('refresh')}</Act>
            <Act
              needs="send"
              question={w('stopQuestion')}
              disabled={!STOPPABLE.includes(sent.state)}
              onAct={() => act('cancel')}
            >
              {w('stop')}
            </Act>
            <Act
              needs="send"
              question={w('removeQuestion')}
              disabled={!sent.results.some(({ msgId }) => msgId !== undefined)}
              onAct={() => act('delete')}
            >
              {w('remove')}
            </Act>
          </div>
        </>
      )}
    </Loader>
  );
}

function Figures({ sent: { followers, leftOut, delivery } }: { readonly sent: MassSendSummary }) {
  const figures = [
    ['taken', followers.taken],
    ['accepted', followers.accepted],
    ['sent', followers.sent],
    ['failed', followers.failed],
    ['notSent', followers.notSent],
    ['unsure', followers.unknown],
  ] as const;
  return (
    <>
      <dl class="counts">
        {figures
          // Of one call WeChat alone knows the receivers, and tells who got it.
          .filter(([name, count]) => count > 0 || name === 'sent')
          .map(([name, count]) => (
            <div key={name}>
              <dt>{w(name)}</dt>
              <dd class="large">{number(count)}</dd>
            </div>
          ))}
      </dl>
      {delivery === 'batches' && followers.taken > 0 && (
        <Counts plan={{ receivers: followers.taken, leftOut }} />
      )}
    </>
  );
}
