import type { CloudbaseEmulator } from '../../emulator/cloudbase/index.ts';
import type { ScfEmulator } from '../../emulator/scf/scf.ts';
import type { Simulator } from '../../emulator/simulator/simulator.ts';
import type { LocalDatabase } from '../database/local-database.ts';
import type { CloudHome } from '../local-home.ts';

/**
 * The parts that others call although these start before them: WeChat calls the callback, and the
 * functions call WeChat and the database. Each part is here from its start on.
 */
export interface Parts {
  cloudbase?: CloudbaseEmulator;
  cloudHome?: CloudHome;
  database?: LocalDatabase;
  scf?: ScfEmulator;
  simulator?: Simulator;
}

/** @throws Error before the functions have started */
export function runningScf({ scf }: Parts): ScfEmulator {
  if (!scf) throw new Error('The functions are not up yet.');
  return scf;
}

/** Where WeChat pushes to: as the console of WeChat Cloud shows it, or the URL of the function. */
export function callbackUrlOf({ cloudHome, scf }: Parts): string {
  return cloudHome?.address ?? `${scf?.url ?? ''}/callback`;
}
