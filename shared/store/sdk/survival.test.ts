import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  keys,
  openStoreFixture,
  type StoreFixture,
} from '../../../scripts/testing/store/store-fixture.ts';

const names = ['orders', 'resetting', 'broken', 'slow'];
const program = path.resolve('scripts/testing/store/store-survivor.ts');

describe.each(['node-sdk', 'tcb-admin'])('a process with %s', (name) => {
  let fixture: StoreFixture;
  beforeAll(async () => {
    fixture = await openStoreFixture(
      {},
      names.map((name) => ({ name })),
    );
  });
  afterAll(() => fixture.close());

  test('survives what crashes or hangs the SDK itself', async () => {
    const { faults } = fixture.control;
    faults.add({ kind: 'reset', when: 'before', collection: 'resetting' });
    faults.add({ kind: 'http', status: 502, collection: 'broken' });
    faults.add({ kind: 'delay', ms: 300, when: 'before', collection: 'slow' });
    const args = [name, fixture.serviceUrl, keys.envId, keys.secretId, keys.secretKey];

    const { code, stdout, stderr } = await run([program, ...args]);

    expect(stderr).toBe('');
    expect(code).toBe(0);
    const nine = (reason: string) => Array.from({ length: 9 }, () => reason);
    expect(JSON.parse(stdout)).toEqual({
      withoutCredentials: nine('credentials_missing'),
      reset: nine('connection'),
      broken: nine('service'),
      slow: nine('time_limit'),
    });
  });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[]): Promise<Ended> {
  const { NODE_OPTIONS, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], { env });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    text.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...text }));
  });
}
