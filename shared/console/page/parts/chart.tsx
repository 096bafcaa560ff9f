import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { isDark, language } from '../look/choices.ts';

export interface Line {
  readonly label: string;
  readonly values: readonly number[];
  /** A variable of the theme, such as `--accent`. */
  readonly colour: string;
}

const HEIGHT = 180;
/** Between two days on the axis: a day has one name, so none is named twice. */
const DAYS = [1, 2, 3, 5, 7, 10, 14, 30].map((days) => days * 86_400);

/** Lines over days. It is a picture of the table that stands beside it, so readers of screens skip it. */
export function Chart({
  days,
  lines,
}: {
  readonly days: readonly string[];
  readonly lines: readonly Line[];
}) {
  const place = useRef<HTMLDivElement>(null);
  const look = `${isDark.value} ${language.value}`;
  // The colours are those of the look.
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const plot = new uPlot(
      optionsOf(element, lines),
      [days.map((day) => Date.parse(day) / 1_000), ...lines.map(({ values }) => [...values])],
      element,
    );
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [days, lines, look]);
  return <div ref={place} class="chart" aria-hidden="true" />;
}

function optionsOf(element: HTMLElement, lines: readonly Line[]): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (variable: string) => style.getPropertyValue(variable).trim();
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1 },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    // The days are those of China, whatever the time zone of the browser.
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'UTC'),
    scales: { y: { range: (_, low, high) => [Math.min(0, low), Math.max(1, high * 1.1)] } },
    axes: [
      { ...axis, space: 60, incrs: DAYS, values: (_, ticks) => ticks.map(dayOf) },
      { ...axis, size: 60 },
    ],
    series: [
      {},
      ...lines.map(({ label, colour: name }) => ({
        label,
        stroke: colour(name),
        width: 2,
        points: { show: true, size: 6, fill: colour(name) },
      })),
    ],
  };
}

/** `11-28`. */
function dayOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(5, 10);
}
