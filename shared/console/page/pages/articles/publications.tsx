import { useEffect } from 'preact/hooks';
import type { PublishStatusResponse } from '../../../../wechat/catalogue/publish.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { OutsideLink } from '../../parts/outside-link.tsx';
import { complain } from '../../toast.tsx';
import {
  dropPublication,
  type FollowedPublication,
  noteStatus,
  publications,
} from './publication.ts';
import { stateWord, w } from './words.ts';

/** In seconds. WeChat answers a hundred of these questions a day, so they become rare. */
const ASK_AFTER = [3, 5, 10, 20, 40, 60, 120, 300];

async function ask(id: string): Promise<PublishStatusResponse> {
  const status = await call<PublishStatusResponse>('material', 'publishStatus', { publish_id: id });
  noteStatus(id, status);
  return status;
}

/** What is being published, until the operator has seen how it ended. */
export function Publications() {
  const all = publications().value;
  if (all.length === 0) return null;
  return (
    <section aria-label={w('inProgress')}>
      <ul class="publications">
        {all.map((publication) => (
          <Publication key={publication.id} publication={publication} />
        ))}
      </ul>
    </section>
  );
}

function Publication({ publication }: { readonly publication: FollowedPublication }) {
  const { id, title, state, addresses } = publication;
  const isGoingOn = state === 1;
  useEffect(() => {
    if (!isGoingOn) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const follow = (times: number) => {
      const seconds = ASK_AFTER[times];
      if (seconds === undefined) return;
      timer = setTimeout(() => {
        ask(id).then(({ publish_status: now }) => {
          if (now === 1) follow(times + 1);
        }, complain);
      }, seconds * 1_000);
    };
    follow(0);
    return () => clearTimeout(timer);
  }, [id, isGoingOn]);
  const look = isGoingOn ? 'pending' : state === 0 ? 'ok' : 'fault';
  return (
    <li>
      <span class={`state ${look}`}>{stateWord(String(state))}</span> <strong>{title}</strong>{' '}
      {addresses.map((address, at) => (
        <OutsideLink key={address} href={address}>
          {addresses.length === 1 ? w('open') : w('nth', { n: at + 1 })}
        </OutsideLink>
      ))}{' '}
      {isGoingOn ? (
        <Act onAct={() => ask(id)}>{w('ask')}</Act>
      ) : (
        <Act onAct={async () => dropPublication(id)}>{w('hide')}</Act>
      )}
    </li>
  );
}
