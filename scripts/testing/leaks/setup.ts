import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import { Secret } from '../../../shared/kernel/secret.ts';

interface Tap {
  secret(value: string): void;
  flush(): void;
}

const tap = createRequire(import.meta.url)('./tap.cjs') as Tap | undefined;

if (tap) {
  // Every process that a test starts reports its lines too.
  const preload = `--require=${path.join(import.meta.dirname, 'tap.cjs')}`;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} ${preload}`.trim();

  // A secret that is used is revealed at some time, and so becomes known here.
  const { reveal } = Secret.prototype;
  Secret.prototype.reveal = function (this: Secret) {
    const value = reveal.call(this);
    tap.secret(value);
    return value;
  };

  afterAll(() => tap.flush());
}
