import type { Stretch } from '../../way.ts';
import { selectedRow } from '../settings.ts';
import { storeVerb, t } from '../words.ts';

/** What WeChat waits for. */
const PUSH_LIMIT_MS = 5_000;
/** A part this small is still to be seen. */
const LEAST_SHARE = 0.8;

/** The way of a message as a table, and as bars over one scale of time beside it. */
export function WayTable({ way }: { readonly way: readonly Stretch[] }) {
  const from = Math.min(...way.map(({ at }) => at));
  const length = Math.max(1, ...way.map(({ at, ms }) => at + ms - from));
  return (
    <table class="way">
      <thead>
        <tr>
          <th scope="col" class="number">
            {t('begins')}
          </th>
          <th scope="col">{t('step')}</th>
          <th scope="col" class="number">
            {t('took')}
          </th>
          <td class="way-scale" aria-hidden="true">
            <span>0</span>
            <span>{Math.round(length)} ms</span>
          </td>
        </tr>
      </thead>
      <tbody>
        {way.map((stretch, at) => (
          <tr key={`${at} ${stretch.kind} ${stretch.name}`} class={`way-row of-${stretch.kind}`}>
            <td class="number">+{Math.round(stretch.at - from)} ms</td>
            <td>
              <div class="way-step">
                <Words stretch={stretch} />
              </div>
            </td>
            <td class="number">{stretch.ms > 0 ? `${Math.ceil(stretch.ms)} ms` : ''}</td>
            <td class="way-bar" aria-hidden="true">
              <Bar stretch={stretch} from={from} length={length} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Words({ stretch }: { readonly stretch: Stretch }) {
  const { kind, name, about, failure, coldMs, isClaim, trafficId } = stretch;
  const isSend = name === 'customerService.send';
  return (
    <>
      <span class="way-kind">{t(`way-${kind}`)}</span>
      {trafficId === undefined ? (
        <span>{name || t('transaction')}</span>
      ) : (
        <button
          type="button"
          class="inline-link"
          onClick={() => {
            selectedRow.value = trafficId;
          }}
        >
          {name}
        </button>
      )}
      {kind === 'store' && <span>{storeVerb(about)}</span>}
      {kind === 'delivery' && <span>{about}</span>}
      {isClaim && <span class="state ok">{t('claim')}</span>}
      {isSend && failure === undefined && <span class="state ok">{t('sent')}</span>}
      {coldMs !== undefined && (
        <span class="state pending">
          {t('cold')} {coldMs} ms
        </span>
      )}
      {failure !== undefined && <span class="state fault">{failure}</span>}
    </>
  );
}

function Bar(props: { readonly stretch: Stretch; readonly from: number; readonly length: number }) {
  const { stretch, from, length } = props;
  const { at, ms, failure, kind } = stretch;
  const left = ((at - from) / length) * 100;
  const width = Math.max(LEAST_SHARE, (ms / length) * 100);
  const isBad = failure !== undefined || (kind === 'delivery' && ms >= PUSH_LIMIT_MS);
  const style = { left: `${Math.min(left, 100 - LEAST_SHARE)}%`, width: `${width}%` };
  return <span class={isBad ? 'bad' : ''} style={style} />;
}
