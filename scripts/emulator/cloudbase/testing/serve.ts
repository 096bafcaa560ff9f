import { startCloudbase } from '../index.ts';

/** A process that can be killed: an emulator over the directory given, until it is. */
const [stateDir = '', envId = '', secretId = '', secretKey = ''] = process.argv.slice(2);
const emulator = await startCloudbase({ stateDir, environments: [{ envId, secretId, secretKey }] });
process.stdout.write(`${emulator.url}\n`);
