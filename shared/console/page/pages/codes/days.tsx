import { useMemo, useState } from 'preact/hooks';
import type { QrcodeDays, QrcodeDaysOfScene } from '../../../../outreach/qrcodes.ts';
import { number } from '../../format.ts';
import { Chart } from '../../parts/chart.tsx';
import { Field } from '../../parts/field.tsx';
import { w } from './words.ts';

const columns = ['scans', 'follows', 'stay'] as const;
const colours = { scans: '--blue', follows: '--accent', stay: '--amber' } as const;

type Counts = Readonly<Record<(typeof columns)[number], readonly number[]>>;

/** Scans and new followers: of each code over all days, and of one or all of them by day. */
export function Days({ found: { days, scenes, left } }: { readonly found: QrcodeDays }) {
  const [chosen, setChosen] = useState('');
  const scene = scenes.find((each) => each.scene === chosen);
  const counts = useMemo(() => sumOf(days, scene ? [scene] : scenes), [days, scenes, scene]);
  const lines = useMemo(
    () => columns.map((name) => ({ label: w(name), colour: colours[name], values: counts[name] })),
    [counts],
  );
  if (scenes.length === 0) return <p class="empty">{w('none')}</p>;
  return (
    <>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{w('scene')}</th>
            <Heads />
          </tr>
        </thead>
        <tbody>
          {scenes.map((each) => (
            <tr key={each.scene}>
              <th scope="row" data-label={w('scene')}>
                {each.note ?? each.scene}
                {each.note && <small class="muted block">{each.scene}</small>}
              </th>
              <Cells counts={each} of={total} />
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p class="muted">{w('left', { left })}</p>}
      <div class="form">
        <Field label={w('byDayOf')}>
          <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
            <option value="">{w('allCodes')}</option>
            {scenes.map((each) => (
              <option key={each.scene} value={each.scene}>
                {each.note ?? each.scene}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <figure>
        <figcaption>
          {columns.map((name) => (
            <span key={name} class={`line-of ${name}`}>
              {w(name)}
            </span>
          ))}
        </figcaption>
        <Chart days={days} lines={lines} />
      </figure>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{w('day')}</th>
            <Heads />
          </tr>
        </thead>
        <tbody>
          {days
            .map((day, at) => (
              <tr key={day}>
                <th scope="row" data-label={w('day')}>
                  {day}
                </th>
                <Cells counts={counts} of={(values) => values[at] ?? 0} />
              </tr>
            ))
            .reverse()}
        </tbody>
      </table>
    </>
  );
}

function Heads() {
  return (
    <>
      {columns.map((name) => (
        <th key={name} scope="col" class="number">
          {w(name)}
        </th>
      ))}
    </>
  );
}

function Cells({
  counts,
  of,
}: {
  readonly counts: Counts;
  readonly of: (values: readonly number[]) => number;
}) {
  return (
    <>
      {columns.map((name) => (
        <td key={name} data-label={w(name)} class="number">
          {number(of(counts[name]))}
        </td>
      ))}
    </>
  );
}

function sumOf(days: readonly string[], scenes: readonly QrcodeDaysOfScene[]): Counts {
  const of = (name: (typeof columns)[number]) =>
    days.map((_, at) => scenes.reduce((sum, each) => sum + (each[name][at] ?? 0), 0));
  return { scans: of('scans'), follows: of('follows'), stay: of('stay') };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0);
}
