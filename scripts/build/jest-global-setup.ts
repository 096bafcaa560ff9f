import path from 'node:path';
import { buildFunctions } from './build.ts';

/** Tests run the very files that are deployed, so every run of the tests starts by making them. */
export default async function setup({ rootDir }: { rootDir: string }): Promise<void> {
  await buildFunctions({ root: rootDir, outDir: path.join(rootDir, 'dist') });
}
