import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Config, SettingName } from '../../kernel/settings.ts';
import type { DrivenStore, StorePace } from '../../store/driven-store.ts';
import type { FileStore } from '../../store/file-store.ts';
import type { Keyring } from '../../store/keyring.ts';

/** What a database needs of the world. */
export interface DatabaseWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** The keys of a process that outlives those of its environment. */
  readonly keyring?: Keyring | undefined;
}

/**
 * What the build chooses behind `#database`: where documents and files lie, and what comes with that.
 * A bundle holds one of them, and nothing of another.
 */
export interface Database<Name extends SettingName> {
  /** Which settings say where it is. */
  readonly settings: readonly Name[];
  readonly store: (
    world: DatabaseWorld,
    config: Pick<Config, Name>,
    log: Log,
    pace?: Pick<StorePace, 'requestTimeoutMs' | 'budgetMs'>,
  ) => DrivenStore;
  /** Whether this process has paid for loading the driver, or is about to. */
  readonly isLoaded: () => boolean;
  readonly files: (world: DatabaseWorld, config: Pick<Config, Name>) => FileStore;
  /**
   * How functions of the same environment are called through it; `undefined` where it has none or
   * the caller is not one of them.
   */
  readonly neighbours: (world: DatabaseWorld, config: Pick<Config, Name>) => Neighbours | undefined;
}

/** The other functions of a CloudBase environment. */
export interface Neighbours {
  /** Whether the caller runs there itself. */
  readonly isHome: boolean;
  /** Waits for the end of the function. */
  readonly call: (name: string, data: object) => Promise<void>;
}
