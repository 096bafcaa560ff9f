import type { InvocationRecord, LogLine } from '../../emulator/scf/invocation.ts';
import type { BuildView } from '../../emulator/simulator/sections.ts';
import type { PushMode } from '../../emulator/wechat/push/account.ts';
import type { PushHome } from '../../emulator/wechat/push/home.ts';
import type { LocalStore } from '../database/local-database.ts';
import type { PostgresDatabaseOptions } from '../database/postgres-database.ts';
import type { TimerMode } from '../local-functions.ts';
import type { CloudHomeOptions } from '../local-home.ts';
import type { LocalKeys } from '../local-keys.ts';
import type { Texts } from '../own-variables.ts';

export interface EmulationOptions {
  readonly root: string;
  /** The module whose `account` handles the messages, absolute. */
  readonly account: string;
  /** Where the bundles go; unless given, into a folder that lasts as long as the emulation. */
  readonly outDir?: string;
  /**
   * Of the functions; the WeChat API, CloudBase and the page get the next three. 0: any four. A tunnel
   * may lead to this one, and to no other.
   */
  readonly port: number;
  readonly mode: PushMode;
  /** Where the account lives; on a server of its own unless given. */
  readonly home?: PushHome;
  /** More about a home inside WeChat Cloud. */
  readonly cloud?: Omit<CloudHomeOptions, 'home'>;
  /** What fires the timers: their own crons, or nothing but `scf.fireTimer`, as tests need it. */
  readonly timers: TimerMode;
  /** Whether what is saved runs at once. Default: the code of the start goes on, whatever is saved. */
  readonly reloads?: boolean;
  /** Variables of a real account: the functions get them, and call WeChat instead of the emulator. */
  readonly env?: Readonly<Record<string, string>>;
  /** Unless given, those of the state folder. */
  readonly keys?: LocalKeys;
  /** What is to be kept between runs stands in this folder; without it, nothing is kept. */
  readonly stateDir?: string;
  /** Where the account's own variables have their texts, read again when its source changes. */
  readonly readTexts?: () => Texts;
  /** Further settings of the functions, as a deploy would take them from `.env`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What the functions keep their documents in; default: the documents of CloudBase. */
  readonly store?: LocalStore;
  /** Of a PostgreSQL that the emulation starts. */
  readonly postgres?: Omit<PostgresDatabaseOptions, 'folder'>;
  /** Of one function; default 20. */
  readonly maxInstances?: number;
  /**
   * Runs the functions that have a server as HTTP functions, with so many requests at a time in one
   * instance; unless given, as serverless.yml says.
   */
  readonly concurrency?: number | undefined;
  /** Where a debugger may attach to the callback, which is then one process, an HTTP function. */
  readonly inspectPort?: number;
  readonly onLog?: (line: LogLine) => void;
  readonly onInvocation?: (record: InvocationRecord) => void;
  /** Hears how each build after the first went. */
  readonly onBuild?: (state: BuildView) => void;
}
