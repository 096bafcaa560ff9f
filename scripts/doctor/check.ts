import type { Deployment } from './deployment.ts';

export interface Finding {
  readonly state: 'ok' | 'warning' | 'failure';
  readonly why: string;
  /** What the operator should do about a warning or a failure. */
  readonly todo?: string;
}

/** Finds out whether one thing about a deployment is as it should be. */
export interface Check {
  readonly name: string;
  /** Whether the deployment has what is looked at; if absent, every one has. */
  isFor?(deployment: Deployment): boolean;
  /** An error that it throws counts as a failure, with the words of the error. */
  run(deployment: Deployment): Promise<Finding>;
}

export const ok = (why: string): Finding => ({ state: 'ok', why });
export const warning = (why: string, todo: string): Finding => ({ state: 'warning', why, todo });
export const failure = (why: string, todo: string): Finding => ({ state: 'failure', why, todo });
