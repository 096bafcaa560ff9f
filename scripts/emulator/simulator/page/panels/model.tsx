import type { ModelBehaviour, ModelFault } from '../../../model/behaviour.ts';
import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { language } from '../settings.ts';
import { before, t } from '../words.ts';

type Words = readonly [zh: string, en: string];

/** How it may fail, the usual first. */
const faults: Readonly<Record<ModelFault, Words>> = {
  none: ['无', 'not at all'],
  refuses_key: ['密钥无效 401', 'refuses the key: 401'],
  out_of_balance: ['余额不足 402', 'balance used up: 402'],
  too_many_requests: ['请求过多 429', 'too many requests: 429'],
  overloaded: ['过载 503', 'overloaded: 503'],
  broken_off: ['回答中途断开', 'breaks off in the middle'],
  fault_in_stream: ['流中报错', 'an error in its stream'],
  silent: ['没有任何响应', 'no answer at all'],
  filtered: ['内容被拦截', 'its content is filtered'],
};

/** Presets of how long it thinks, in seconds: each shows another way of a slow answer. */
const thinking = [0.4, 3, 7, 12, 20] as const;

function change(behaviour: Omit<Partial<ModelBehaviour>, 'answer'> & { answer?: string | null }) {
  void attempt(() => ask('PUT', '/model', behaviour));
}

/** The language model that accounts ask here: its pace, its failures, its words. */
export function ModelPanel() {
  const { behaviour, count = 0 } = sections.value.model ?? {};
  if (!behaviour) return <div class="panel pad" />;
  return (
    <div class="panel pad">
      <p>{t('modelAbout')}</p>
      <div class="chips">
        {thinking.map((seconds) => (
          <button
            key={seconds}
            type="button"
            class="chip"
            aria-pressed={behaviour.firstPieceMs === seconds * 1_000}
            onClick={() => change({ firstPieceMs: seconds * 1_000 })}
          >
            {seconds} s
          </button>
        ))}
      </div>
      <div class="tools">
        <Pause
          name="firstPiece"
          value={behaviour.firstPieceMs}
          set={(firstPieceMs) => change({ firstPieceMs })}
        />
        <Pause name="eachPiece" value={behaviour.pieceMs} set={(pieceMs) => change({ pieceMs })} />
      </div>
      <div class="tools">
        <label class="check">
          <input
            type="checkbox"
            checked={behaviour.streams}
            onChange={({ currentTarget }) => change({ streams: currentTarget.checked })}
          />
          {t('streams')}
        </label>
        <label class="check">
          {t('failsBy')}
          <select
            value={behaviour.fault}
            onChange={({ currentTarget }) => change({ fault: currentTarget.value as ModelFault })}
          >
            {(Object.keys(faults) as ModelFault[]).map((fault) => (
              <option key={fault} value={fault}>
                {faults[fault][language.value === 'zh' ? 0 : 1]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <h2>{t('fixedAnswer')}</h2>
      <textarea
        class="model-answer"
        rows={6}
        aria-label={t('fixedAnswer')}
        value={behaviour.answer ?? ''}
        onChange={({ currentTarget }) => change({ answer: currentTarget.value || null })}
      />
      <p class="muted">
        {before('modelAsked')}
        {count}
      </p>
    </div>
  );
}

function Pause({
  name,
  value,
  set,
}: {
  readonly name: 'firstPiece' | 'eachPiece';
  readonly value: number;
  readonly set: (ms: number) => void;
}) {
  return (
    <label class="check">
      {t(name)}
      <input
        type="number"
        min="0"
        max="600000"
        value={value}
        onChange={({ currentTarget }) => set(Number(currentTarget.value) || 0)}
      />
    </label>
  );
}
