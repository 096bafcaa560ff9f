import type { DoctorWorld } from './world.ts';

export interface Finding {
  readonly state: 'ok' | 'warning' | 'failure';
  readonly why: string;
  /** For what is not ok. */
  readonly todo?: string;
}

/** One thing that has to be as it should; it finds out whether it is. */
export interface Check {
  readonly name: string;
  /** May throw: what is thrown is a failure, in its own words. */
  run(world: DoctorWorld): Promise<Finding>;
}

export const ok = (why: string): Finding => ({ state: 'ok', why });
export const warning = (why: string, todo: string): Finding => ({ state: 'warning', why, todo });
export const failure = (why: string, todo: string): Finding => ({ state: 'failure', why, todo });
