import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BuildFailure } from 'esbuild';
import { ownRoot } from '../project/root.ts';
import { buildFunctions } from './build.ts';
import { formatErrors } from './messages.ts';
import { buildProxySdk } from './proxy-sdk.ts';
import { sbomOf } from './sbom.ts';
import { driverFrom, driverNamed } from './sdk-bundle.ts';
import { sizeTable } from './size-table.ts';

const HELP = `Usage: npm run build -- [function …] [options]

Bundles the functions of functions/ (all, or those named) into dist/<function>: index.js, and what it
loads when it first needs it; for callback and api-proxy also server.js and scf_bootstrap, the same as
an HTTP function or in a container. With all of them also the client of the API proxy into dist/client,
which \`npm install ./dist/client\` takes.

  --driver <name>  what the store is built on: node-sdk (default) or tcb-admin for the documents of
                   CloudBase, postgres for PostgreSQL; default: STORE_DRIVER of the environment
  --sbom           write dist/sbom.json too: what packages are in each bundle (CycloneDX)
  --json           print the result as JSON instead of a table
  --help           print this`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        driver: { type: 'string' },
        sbom: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const driver =
      values.driver === undefined ? driverFrom(process.env) : driverNamed(values.driver);
    const outDir = path.join(ownRoot, 'dist');
    const built = await buildFunctions({
      root: ownRoot,
      outDir,
      driver,
      ...(positionals.length > 0 ? { only: positionals } : {}),
    });
    if (positionals.length === 0) await buildProxySdk({ outDir });
    if (values.sbom) {
      const file = path.join(outDir, 'sbom.json');
      writeFileSync(file, `${JSON.stringify(sbomOf(ownRoot, built), null, 2)}\n`);
    }
    if (values.json) console.log(JSON.stringify(built));
    else if (built.length === 0) console.log('functions/ holds no function: nothing to build.');
    else console.log(sizeTable(built));
    return 0;
  } catch (error) {
    console.error(explain(error));
    return 1;
  }
}

function explain(error: unknown): string {
  if (isBuildFailure(error)) {
    return `The build failed.\n${formatErrors(ownRoot, error.errors)}`;
  }
  return error instanceof Error ? error.message : String(error);
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}
