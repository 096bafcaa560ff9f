import type { Ending } from './conditions.ts';

/** A function as the cloud keeps it, in the API's own words. */
export interface CloudFunction {
  readonly FunctionName: string;
  readonly FunctionId: string;
  readonly Namespace: string;
  readonly Region: string;
  readonly Runtime: string;
  readonly Type: string;
  Handler: string;
  Description: string;
  MemorySize: number;
  Timeout: number;
  InitTimeout: number;
  Role: string;
  Environment: { readonly Variables: readonly Variable[] };
  InstanceConcurrencyConfig?: {
    readonly DynamicEnabled: string;
    readonly MaxConcurrency?: number;
  };
  VpcConfig: { readonly VpcId: string; readonly SubnetId: string };
  PublicNetConfig: PublicNetConfig;
  /** The topic of its lines; empty: one that the platform has made. */
  ClsLogsetId: string;
  ClsTopicId: string;
  AsyncTriggerConfig: AsyncTriggerConfig;
  /** MB of reserved concurrency; undefined: none is reserved. */
  ReservedMem: number | undefined;
  readonly Tags: Readonly<Record<string, string>>;
  Triggers: readonly Trigger[];
  /** The zip that runs. */
  code: Buffer;
  /** Until then it cannot be changed: `Creating` or `Updating`. */
  readyAt: number;
  pending: 'Creating' | 'Updating';
  /** How the last change ended, if not well. */
  failure: Ending | undefined;
  ModTime: string;
  readonly AddTime: string;
}

export interface Variable {
  readonly Key: string;
  readonly Value: string;
}

export interface PublicNetConfig {
  readonly PublicNetStatus: string;
  readonly EipConfig: { readonly EipStatus: string };
}

export interface AsyncTriggerConfig {
  readonly RetryConfig: readonly { readonly RetryNum: number }[];
  readonly MsgTTL: number;
}

export interface Trigger {
  readonly TriggerName: string;
  readonly Type: 'timer' | 'http';
  readonly TriggerDesc: string;
  readonly Enable: 0 | 1;
  readonly CustomArgument: string;
  readonly Qualifier: string;
  readonly AvailableStatus: string;
  readonly AddTime: string;
  readonly ModTime: string;
}

/** `2026-01-01 01:00:00`, as the API writes times. */
export function timeText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('T', ' ').slice(0, 19);
}
