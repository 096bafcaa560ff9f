import type { SoakEvent } from './fixture.ts';

/** What the instances find in the store when they start at once. */
export type Start = 'expired' | 'revoked';

/** What happens to the holder of the lease after WeChat has answered and before it has stored. */
export type Accident = 'killed' | 'frozen';

export interface Scenario {
  readonly name: string;
  readonly tokenKind: SoakEvent['tokenKind'];
  readonly start: Start;
  /** The store fails at the rate of `--faults`. */
  readonly hasFaults: boolean;
  readonly accident?: Accident;
}

/** All instances run one scenario after the other, at the same time. */
export const scenarios: readonly Scenario[] = [
  { name: 'expired', tokenKind: 'stable', start: 'expired', hasFaults: false },
  { name: 'revoked', tokenKind: 'stable', start: 'revoked', hasFaults: false },
  { name: 'classic, expired', tokenKind: 'classic', start: 'expired', hasFaults: false },
  { name: 'classic, revoked', tokenKind: 'classic', start: 'revoked', hasFaults: false },
  { name: 'store faults', tokenKind: 'stable', start: 'expired', hasFaults: true },
  { name: 'classic, store faults', tokenKind: 'classic', start: 'revoked', hasFaults: true },
  {
    name: 'holder killed',
    tokenKind: 'classic',
    start: 'expired',
    hasFaults: false,
    accident: 'killed',
  },
  {
    name: 'holder frozen',
    tokenKind: 'classic',
    start: 'expired',
    hasFaults: false,
    accident: 'frozen',
  },
];
