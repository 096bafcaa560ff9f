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
  // Whatever process a test starts is listened to as well.
  const preload = `--require=${path.join(import.meta.dirname, 'tap.cjs')}`;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} ${preload}`.trim();

  // Every secret that is of any use is revealed at some time.
  const { reveal } = Secret.prototype;
  Secret.prototype.reveal = function (this: Secret) {
    const value = reveal.call(this);
    tap.secret(value);
    return value;
  };

  afterAll(() => tap.flush());
}
