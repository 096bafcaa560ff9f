import type { ProposalList } from '../../../app/actions/proposals.ts';
import type { MassSendSummary } from '../../../mass-send/summary.ts';
import type { ProposalSummary } from '../../../proposals/proposal-summary.ts';
import { isAllowed } from '../../role.ts';
import { call } from '../api.ts';
import { chinaTime, dateTime, number } from '../format.ts';
import { Act } from '../parts/act.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loader, useLoaded } from '../parts/load.tsx';
import { useRepeatedly } from '../parts/progress.tsx';
import { route } from '../route.ts';
import { me } from '../session.ts';
import { t } from '../words.ts';
import { kindWords } from './broadcasts/audience-words.ts';
import { Proposal } from './broadcasts/proposal.tsx';
import { Sent } from './broadcasts/sent.tsx';
import { StateBadge, stateOf } from './broadcasts/state-badge.tsx';
import { Allowance } from './broadcasts/time-step.tsx';
import { draft, Wizard } from './broadcasts/wizard.tsx';
import { w } from './broadcasts/words.ts';

type Sending = Omit<MassSendSummary, 'results' | 'lines'>;

interface Found extends ProposalList {
  readonly sent: readonly Sending[];
}

async function read(): Promise<Found> {
  const [list, { massSends }] = await Promise.all([
    call<ProposalList>('broadcasts', 'list', { limit: 50 }),
    call<{ readonly massSends: readonly Sending[] }>('mass-send', 'list', { limit: 50 }),
  ]);
  return { ...list, sent: massSends };
}

/** Messages to many followers: a list, a wizard, and what two operators do with each. */
export default function Broadcasts() {
  const [, view, id = ''] = route.value;
  if (view === undefined || view === '') return <List />;
  return (
    <>
      <p>
        <a href="#/broadcasts">← {w('toList')}</a>
      </p>
      {view === 'proposal' ? <Proposal id={id} /> : view === 'sent' ? <Sent id={id} /> : <Wizard />}
    </>
  );
}

function List() {
  const loaded = useLoaded(read);
  const { data, reload } = loaded;
  useRepeatedly(reload, data?.sent.some(({ isOver }) => !isOver) ?? false);
  const maySend = isAllowed(me.value?.role ?? 'look', 'send');
  return (
    <>
      <p class="muted">{w(data?.needsSecond === false ? 'aboutAlone' : 'about')}</p>
      <div class="form">
        <a class="tool strong" href="#/broadcasts/new">
          {w(draft().value ? 'goOn' : 'create')}
        </a>
        <Act onAct={reload}>{t('refresh')}</Act>
      </div>
      <Allowance />
      <Loader loaded={loaded}>
        {(found) => (
          <>
            {maySend && found.needsSecond && found.others === 0 && (
              <p class="alarm" role="status">
                {w('noOther')}
              </p>
            )}
            <Waiting proposals={found.proposals.filter(({ state }) => state === 'waiting')} />
            <All {...found} />
          </>
        )}
      </Loader>
    </>
  );
}

function Waiting({ proposals }: { readonly proposals: readonly ProposalSummary[] }) {
  if (proposals.length === 0) return null;
  return (
    <section>
      <h3>{w('waitingList')}</h3>
      <ul class="waiting">
        {proposals.map((proposal) => (
          <li key={proposal.id}>
            <a href={`#/broadcasts/proposal/${proposal.id}`}>
              <b>{proposal.name}</b>
            </a>
            <span>
              {w('pair', { label: w('receivers'), value: number(proposal.plan.receivers) })}
            </span>
            <span class="muted">
              {w('proposedAt', { name: proposal.proposedBy, time: dateTime(proposal.proposedAt) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Row {
  readonly href: string;
  readonly name: string;
  readonly state: Parameters<typeof StateBadge>[0]['state'];
  readonly audience: string;
  readonly receivers: string;
  readonly at: number;
  readonly by: string;
}

/** Broadcasts, and proposals that have become none, the newest first. */
function rowsOf({ proposals, sent }: Found): readonly Row[] {
  const byRequest = new Map(proposals.map((each) => [each.id, each]));
  const broadcasts = sent.map((each): Row => {
    const { id, requestId, state, audience, followers, startsAt } = each;
    const proposal = byRequest.get(requestId);
    // Of one call WeChat alone knows the receivers.
    const receivers = followers.taken || followers.sent || proposal?.plan.receivers;
    return {
      ...{ href: `#/broadcasts/sent/${id}`, name: proposal?.name ?? requestId, state },
      ...{ audience: kindWords(audience), at: startsAt, by: proposal?.proposedBy ?? '—' },
      receivers: receivers === undefined ? '—' : number(receivers),
    };
  });
  const others = proposals
    .filter(({ state }) => state === 'declined' || state === 'lapsed')
    .map((each): Row => {
      const kind = Object.keys(each.broadcast.audience)[0];
      const audience = { all: 'all', tagId: 'tag', filter: 'filter' }[kind ?? ''] ?? 'openids';
      return {
        ...{ href: `#/broadcasts/proposal/${each.id}`, name: each.name, state: stateOf(each) },
        ...{ at: each.proposedAt, by: each.proposedBy },
        audience: kindWords(audience as Sending['audience']),
        receivers: number(each.plan.receivers),
      };
    });
  return [...broadcasts, ...others].sort((a, b) => b.at - a.at);
}

function All(found: Found) {
  const rows = rowsOf(found);
  if (rows.length === 0) {
    return (
      <Empty title={w('none')}>
        <p>{w('noneAbout')}</p>
      </Empty>
    );
  }
  return (
    <section>
      <h3>{w('all')}</h3>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{w('name')}</th>
            <th scope="col">{w('state')}</th>
            <th scope="col">{w('audience')}</th>
            <th scope="col" class="number">
              {w('receivers')}
            </th>
            <th scope="col">{w('starts')}</th>
            <th scope="col">{w('by')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ href, name, state, audience, receivers, at, by }) => (
            <tr key={href}>
              <th scope="row" data-label={w('name')}>
                <a href={href}>{name}</a>
              </th>
              <td data-label={w('state')}>
                <StateBadge state={state} />
              </td>
              <td data-label={w('audience')}>{audience}</td>
              <td data-label={w('receivers')} class="number">
                {receivers}
              </td>
              <td data-label={w('starts')}>{chinaTime(at)}</td>
              <td data-label={w('by')}>{by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
