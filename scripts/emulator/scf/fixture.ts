import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InvocationRecord, LogLine } from './invocation.ts';
import { createScf, type ScfEmulator, type ScfOptions } from './scf.ts';
import type { FunctionSpec } from './spec.ts';

/** Code of a function and what is special about it. */
export type Fixture = string | ({ readonly code: string } & Partial<FunctionSpec>);

export interface ScfFixture {
  readonly scf: ScfEmulator;
  /** What the instances wrote, without the platform's lines. */
  readonly lines: () => string[];
  readonly log: readonly LogLine[];
  readonly records: readonly InvocationRecord[];
  /** Writes a bundle and returns its path. */
  readonly write: (name: string, code: string) => string;
  readonly close: () => Promise<void>;
}

/**
 * An emulator with small functions written for one test: CommonJS, with `main` exported, or a server
 * for an HTTP function.
 */
export async function startScfFixture(
  functions: Readonly<Record<string, Fixture>>,
  options: Partial<ScfOptions> = {},
): Promise<ScfFixture> {
  const folder = mkdtempSync(path.join(tmpdir(), 'scf-'));
  const write = (name: string, code: string) => {
    const file = path.join(folder, name, 'index.js');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, code);
    return file;
  };
  const specs = Object.entries(functions).map(([name, fixture]): FunctionSpec => {
    const { code, ...special } = typeof fixture === 'string' ? { code: fixture } : fixture;
    const bundle = write(name, code);
    if (special.httpFunction) {
      const script = path.join(path.dirname(bundle), 'scf_bootstrap');
      writeFileSync(script, '#!/bin/sh\nexec node index.js\n', { mode: 0o755 });
    }
    return {
      name,
      bundle,
      handler: 'index.main',
      memoryMb: 256,
      timeoutSeconds: 20,
      environment: {},
      ...special,
    };
  });
  const log: LogLine[] = [];
  const records: InvocationRecord[] = [];
  const scf = await createScf({
    functions: specs,
    onLog: (line) => log.push(line),
    onInvocation: (record) => records.push(record),
    ...options,
  });

  return {
    scf,
    log,
    records,
    lines: () => log.filter(({ stream }) => stream !== 'platform').map(({ line }) => line),
    write,
    async close() {
      await scf.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Waits for what other processes do. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${isTrue}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
