/** Prints what leaving parts of the SDKs out of the bundle saves: bytes, and time to load. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSdk, sdkDrivers } from './sdk-bundle.ts';

const ROUNDS = 9;
const folder = mkdtempSync(path.join(tmpdir(), 'sdk-report-'));
const variants = sdkDrivers.flatMap((driver) =>
  [false, true].map((stubs) => {
    const file = path.join(folder, `${driver}-${stubs ? 'stubs' : 'whole'}.cjs`);
    return { driver, stubs, file, times: [] as number[] };
  }),
);

try {
  for (const { driver, stubs, file } of variants) {
    writeFileSync(file, (await buildSdk(driver, { stubs })).code);
  }
  // In turns, so that whatever else the machine does slows all of them alike.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { file, times } of variants) times.push(loadMs(file));
  }
  console.log('SDK        parts    KB  gzip KB  load ms (median of 9)');
  for (const { driver, stubs, file, times } of variants) {
    const code = readFileSync(file);
    const columns = [
      driver.padEnd(9),
      (stubs ? 'needed' : 'all').padEnd(6),
      (code.byteLength / 1000).toFixed(0).padStart(5),
      (gzipSync(code).byteLength / 1000).toFixed(0).padStart(8),
      (times.sort((a, b) => a - b)[(ROUNDS - 1) / 2] ?? 0).toFixed(0).padStart(8),
    ];
    console.log(columns.join('  '));
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** How long plain Node takes to load the file, in a process of its own. */
function loadMs(file: string): number {
  const script = `const t = performance.now(); require(${JSON.stringify(file)}); console.log(performance.now() - t);`;
  return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}
