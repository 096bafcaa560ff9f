import { KEYS_PAGE } from '../../../shared/wechat/errcode-class.ts';
import type { Deployed } from './deployed.ts';
import type { Package } from './package.ts';
import { addressIn, cronIn } from './triggers.ts';

/** One line for each package: what is uploaded, and what it becomes. */
export function packageTable(packages: readonly Package[]): string {
  const width = Math.max(8, ...packages.map(({ name }) => name.length));
  const row = (name: string, zip: string, size: string) =>
    `${name.padEnd(width)}  ${zip.padStart(7)}  ${size.padStart(11)}`;
  return [
    row('package', 'zip KB', 'unpacked KB'),
    ...packages.map(({ name, zipBytes, bytes }) =>
      row(name, kilobytes(zipBytes), kilobytes(bytes)),
    ),
  ].join('\n');
}

/** Where each function can be reached, and by which timers it is called. */
export function placesOf(
  functions: readonly (readonly [name: string, found: Deployed | undefined])[],
): readonly string[] {
  const lines = functions.flatMap(([name, found]) => {
    if (!found) return [`${name}: is not deployed`];
    const places = (found.Triggers ?? []).flatMap((trigger) => {
      const address = addressIn(trigger);
      if (address !== undefined) return [`${name}: ${address}`];
      return trigger.Type === 'timer'
        ? [`${name}: timer ${trigger.TriggerName} (${cronIn(trigger)})`]
        : [];
    });
    return places.length > 0 ? places : [`${name}: by invocation`];
  });
  const addresses = new Set(
    functions.flatMap(([, found]) => found?.PublicNetConfig?.EipConfig?.EipAddress ?? []),
  );
  if (addresses.size === 0) return lines;
  return [
    ...lines,
    `Calls to WeChat come from ${[...addresses].join(', ')}: put that into API IP白名单 on ${KEYS_PAGE}.`,
  ];
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
