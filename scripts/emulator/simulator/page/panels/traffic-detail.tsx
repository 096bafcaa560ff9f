import { useEffect, useState } from 'preact/hooks';
import type { Delivery } from '../../../wechat/push/deliver.ts';
import type { LogEntry } from '../../feed.ts';
import type { TrafficRecord } from '../../traffic.ts';
import type { Stretch } from '../../way.ts';
import { ask, attempt } from '../api.ts';
import { curlOfCall, curlOfDelivery } from '../curl.ts';
import { logs, sections, traffic } from '../feed.ts';
import { exactTime, pretty } from '../format.ts';
import { Icon } from '../icons.tsx';
import { selectedRow } from '../settings.ts';
import { t } from '../words.ts';
import { LogLines } from './log-lines.tsx';
import { stateText } from './state-text.ts';
import { WayTable } from './way-table.tsx';

type Whole = TrafficRecord & {
  readonly logs?: readonly LogEntry[];
  readonly way?: readonly Stretch[];
};

/** What comes after the answer, such as the work of the worker, is looked for so soon. */
const LOOK_AGAIN_MS = 300;

/** All there is to know about one row. */
export function TrafficDetail({ id }: { readonly id: number }) {
  const [whole, setWhole] = useState<Whole | undefined>(undefined);
  const row = traffic.value.get(id);
  const lines = useSettled(logs.value.at(-1)?.id, LOOK_AGAIN_MS);

  useEffect(() => {
    let isWanted = true;
    ask<Whole>('GET', `/traffic/${id}`)
      .then((answer) => isWanted && setWhole(answer))
      // It was cleared away meanwhile.
      .catch(() => isWanted && setWhole(undefined));
    return () => {
      isWanted = false;
    };
  }, [id, row, lines]);

  return (
    <section class="detail" aria-label={t('details')}>
      <header class="detail-head">
        <strong>{whole?.row.name}</strong>
        {whole && <span class={`state ${whole.row.state}`}>{stateText(whole.row)}</span>}
        {whole && <span class="muted">{exactTime(whole.row.at)}</span>}
        <span class="grow" />
        {whole && <Actions whole={whole} />}
        <button
          type="button"
          class="plain"
          aria-label={t('close')}
          onClick={() => {
            selectedRow.value = undefined;
          }}
        >
          <Icon name="close" size={18} />
        </button>
      </header>
      {/* It scrolls, so the keyboard must be able to get there. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <div class="detail-body" tabIndex={0}>
        {whole?.kind === 'push' && <PushDetail whole={whole} />}
        {whole?.kind === 'call' && <CallDetail whole={whole} />}
      </div>
    </section>
  );
}

/** The value once it has stood still for a while. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

function Actions({ whole }: { readonly whole: Whole }) {
  const [isCopied, setCopied] = useState(false);
  const curl =
    whole.kind === 'call'
      ? curlOfCall(whole.call, sections.value.account?.urls.wechatApi ?? '')
      : whole.deliveries
          .slice(-1)
          .filter((delivery) => !isFunctionCall(delivery))
          .map(curlOfDelivery)[0];
  const replay = (query: string) =>
    void attempt(() => ask('POST', `/traffic/${whole.id}/replay${query}`));
  return (
    <>
      {whole.kind === 'push' && (
        <>
          <button type="button" class="tool" onClick={() => replay('')}>
            {t('replay')}
          </button>
          <button type="button" class="tool" onClick={() => replay('?fresh=1')}>
            {t('sendAgain')}
          </button>
        </>
      )}
      {curl && (
        <button
          type="button"
          class="tool"
          onClick={() => void navigator.clipboard.writeText(curl).then(() => setCopied(true))}
        >
          {t(isCopied ? 'copied' : 'copyCurl')}
        </button>
      )}
    </>
  );
}

function PushDetail({ whole }: { readonly whole: Extract<Whole, { kind: 'push' }> }) {
  const { deliveries, result, logs = [], way = [] } = whole;
  const outcome = result?.outcome;
  return (
    <>
      {outcome?.kind === 'fault' && <p class="alarm">{outcome.reason}</p>}
      {whole.row.failure && <p class="alarm">{whole.row.failure}</p>}
      {way.length > 0 && (
        <details open>
          <summary>{t('way')}</summary>
          <WayTable way={way} />
        </details>
      )}
      {result && <Block title={t('message')} text={result.message} isOpen />}
      {deliveries.map((delivery, at) => (
        <DeliveryDetail
          key={delivery.at}
          delivery={delivery}
          title={`${t('delivery')} ${at + 1}`}
          isLast={at === deliveries.length - 1}
        />
      ))}
      {logs.length > 0 && (
        <details open>
          <summary>{t('logOf')}</summary>
          <LogLines lines={logs} />
        </details>
      )}
    </>
  );
}

function DeliveryDetail(props: {
  readonly delivery: Delivery;
  readonly title: string;
  readonly isLast: boolean;
}) {
  const { delivery, title, isLast } = props;
  const { status, ms, problem } = delivery;
  return (
    <details class="delivery" open={isLast}>
      <summary>
        {title} · {status ?? '—'} · {ms} ms
        <span class="timing" aria-hidden="true">
          <span
            class={ms >= 5_000 ? 'late' : ms > 3_000 ? 'slow' : ''}
            style={{ width: `${Math.min(100, ms / 50)}%` }}
          />
        </span>
        {problem && <span class="state fault">{problem}</span>}
      </summary>
      {delivery.decrypted !== undefined && (
        <Block title={`${t('response')} · ${t('decrypted')}`} text={delivery.decrypted} isOpen />
      )}
      <Block
        title={`${t('response')} · ${t('raw')}`}
        text={delivery.responseBody ?? ''}
        isOpen={delivery.decrypted === undefined}
      />
      <Block
        title={`${t('response')} · ${t('headers')}`}
        text={headerText(delivery.responseHeaders)}
      />
      <Block title={`${t('request')} · ${t('raw')}`} text={delivery.requestBody} />
      <Block
        title={`${t('request')} · ${t(isFunctionCall(delivery) ? 'context' : 'headers')}`}
        text={`${isFunctionCall(delivery) ? '' : 'POST '}${delivery.url}\n${headerText(delivery.requestHeaders)}`}
      />
    </details>
  );
}

/** A cloud function is called by its name, with a context and not by HTTP. */
function isFunctionCall({ url }: Delivery): boolean {
  return url.startsWith('wxcloud:');
}

function CallDetail({ whole }: { readonly whole: Extract<Whole, { kind: 'call' }> }) {
  const { call } = whole;
  const query = new URLSearchParams(call.query).toString();
  return (
    <>
      <p class="call-line">
        <code>
          {call.method} {call.path}
          {query && `?${query}`}
        </code>
      </p>
      <dl class="facts">
        <dt>HTTP</dt>
        <dd>{call.status}</dd>
        <dt>errcode</dt>
        <dd>{call.errcode}</dd>
        {call.rid && (
          <>
            <dt>rid</dt>
            <dd>{call.rid}</dd>
          </>
        )}
        <dt>ms</dt>
        <dd>{call.ms}</dd>
        <dt>IP</dt>
        <dd>{call.clientIp}</dd>
        {call.cloud && (
          <>
            <dt>{t('identity')}</dt>
            <dd>{t(call.cloud === 'relay' ? 'byRelay' : 'byCloudToken')}</dd>
          </>
        )}
        {call.fault && (
          <>
            <dt>{t('fault')}</dt>
            <dd>{JSON.stringify(call.fault)}</dd>
          </>
        )}
      </dl>
      <Block title={t('response')} text={call.answer} isOpen />
      <Block title={t('request')} text={call.body} isOpen />
    </>
  );
}

function Block(props: {
  readonly title: string;
  readonly text: string;
  readonly isOpen?: boolean;
}) {
  if (props.text === '') return null;
  return (
    <details open={props.isOpen ?? false}>
      <summary>{props.title}</summary>
      <pre>{pretty(props.text)}</pre>
    </details>
  );
}

function headerText(headers: Readonly<Record<string, string>> = {}): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
