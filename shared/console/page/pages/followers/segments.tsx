import type { Segment, SegmentCounts } from '../../../../followers/segments.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { call } from '../../api.ts';
import { dateTime, number } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { messageOf, tell } from '../../toast.tsx';
import { filterText } from './filter-draft.ts';
import { w } from './words.ts';

/** The saved filters, each with how many followers it chooses now. */
export function Segments({
  tags,
  onShow,
}: {
  readonly tags: readonly Tag[];
  readonly onShow: (segment: Segment) => void;
}) {
  const loaded = useLoaded(() =>
    call<{ readonly segments: readonly Segment[] }>('followers', 'listSegments'),
  );
  // One reading of all followers, which takes longer than the list.
  const counts = useLoaded(() => call<SegmentCounts>('followers', 'countSegments'));
  const countOf = (name: string) => {
    const found = counts.data?.segments.find((each) => each.name === name);
    if (found) return number(found.chosen);
    return counts.error === undefined ? w('counting') : messageOf(counts.error);
  };
  const remove = async (name: string) => {
    await call('followers', 'deleteSegment', { name });
    tell(w('done'));
    await loaded.reload();
  };
  return (
    <>
      <p class="muted">{w('segmentsAbout')}</p>
      <Loader loaded={loaded}>
        {({ segments }) =>
          segments.length === 0 ? (
            <Empty title={w('noSegments')}>
              <p>{w('noSegmentsAbout')}</p>
            </Empty>
          ) : (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{w('segmentName')}</th>
                  <th scope="col">{w('filter')}</th>
                  <th scope="col" class="number">
                    {w('followers')}
                  </th>
                  <th scope="col">{w('actions')}</th>
                </tr>
              </thead>
              <tbody>
                {segments.map((segment) => (
                  <tr key={segment.name}>
                    <th scope="row" data-label={w('segmentName')}>
                      <span>
                        {segment.name}
                        <small class="muted block">{dateTime(segment.savedAt)}</small>
                      </span>
                    </th>
                    <td data-label={w('filter')}>
                      <span>{filterText(segment.filter, tags)}</span>
                    </td>
                    <td data-label={w('followers')} class="number">
                      {countOf(segment.name)}
                    </td>
                    <td data-label={w('actions')} class="actions">
                      <Act
                        label={`${w('show')}: ${segment.name}`}
                        onAct={async () => onShow(segment)}
                      >
                        {w('show')}
                      </Act>
                      <Act
                        needs="edit"
                        label={`${w('delete')}: ${segment.name}`}
                        question={w('deleteSegmentQuestion', { name: segment.name })}
                        onAct={() => remove(segment.name)}
                      >
                        {w('delete')}
                      </Act>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loader>
    </>
  );
}
