import type { SyncStatus } from '../../../../followers/sync.ts';
import { call } from '../../api.ts';
import { dateTime } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Empty } from '../../parts/empty.tsx';
import { useLoaded } from '../../parts/load.tsx';
import { Progress, useRepeatedly } from '../../parts/progress.tsx';
import { tell } from '../../toast.tsx';
import { w } from './words.ts';

/** How fresh the copy of the list is, and how a sync is started. */
export function SyncLine() {
  const { data: status, reload } = useLoaded(() => call<SyncStatus>('followers', 'status'));
  useRepeatedly(reload, status?.isOver === false);
  if (!status) return null;
  const start = (
    <Act
      needs="edit"
      onAct={async () => {
        await call('followers', 'sync');
        tell(w('started'));
        await reload();
      }}
    >
      {w('sync')}
    </Act>
  );
  if (status.phase === 'never') {
    return (
      <Empty title={w('never')}>
        <p>{w('neverAbout')}</p>
        {start}
      </Empty>
    );
  }
  if (!status.isOver) {
    return <Progress done={Math.round(status.progress * 100)} total={100} label={w('syncing')} />;
  }
  return (
    <div class="form">
      <span class="muted">{w('synced', { at: dateTime(status.finishedAt ?? 0) })}</span>
      {start}
    </div>
  );
}
