import type { DayOverview } from '../../../../monitoring/overview.ts';
import { call } from '../../api.ts';
import { number } from '../../format.ts';
import { Chart } from '../../parts/chart.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { w } from './words.ts';

type Column = Exclude<keyof DayOverview, 'day'>;

const columns: readonly { readonly name: Column; readonly colour: string }[] = [
  { name: 'followers', colour: '--blue' },
  { name: 'came', colour: '--accent' },
  { name: 'left', colour: '--red' },
  { name: 'messages', colour: '--accent' },
  { name: 'writers', colour: '--blue' },
];

/** Columns of one size share a chart. */
const charts: readonly (readonly Column[])[] = [
  ['followers'],
  ['came', 'left'],
  ['messages', 'writers'],
];

/** Followers and messages by day: charts, and the table that they are drawn from. */
export function Days() {
  const loaded = useLoaded(() => call<readonly DayOverview[]>('overview', 'days'));
  return (
    <section>
      <h3>{w('days')}</h3>
      <p class="muted">{w('daysAbout')}</p>
      <Loader loaded={loaded}>
        {(days) => (
          <>
            <div class="charts">
              {charts.map((names) => (
                <figure key={names.join()}>
                  <figcaption>
                    {names.map((name) => (
                      <span key={name} class={`line-of ${name}`}>
                        {w(name)}
                      </span>
                    ))}
                  </figcaption>
                  <Chart days={days.map(({ day }) => day)} lines={linesOf(days, names)} />
                </figure>
              ))}
            </div>
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{w('day')}</th>
                  {columns.map(({ name }) => (
                    <th key={name} scope="col" class="number">
                      {w(name)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {days.map((row) => (
                  <tr key={row.day}>
                    <th scope="row" data-label={w('day')}>
                      {row.day}
                    </th>
                    {columns.map(({ name }) => (
                      <td key={name} data-label={w(name)} class="number">
                        {number(row[name])}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </Loader>
    </section>
  );
}

function linesOf(days: readonly DayOverview[], names: readonly Column[]) {
  return columns
    .filter(({ name }) => names.includes(name))
    .map(({ name, colour }) => ({
      label: w(name),
      colour,
      values: days.map((day) => day[name]),
    }));
}
