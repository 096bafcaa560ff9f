import path from 'node:path';
import { cloudApiFrom } from '../cloud/api.ts';
import { loadEnvFile } from '../cloud/keys.ts';
import { ownRoot } from '../project/root.ts';
import { allRunning, DEFAULT_STATE_DIR, findRunning } from '../project/running.ts';
import { serviceName } from '../project/service-name.ts';
import { deployedLines, findSource } from './deployed.ts';
import { localLines } from './local.ts';
import { HELP, type LogsOptions, readOptions } from './options.ts';
import { type Line, pretty } from './pretty.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: LogsOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  // Whoever reads the lines has had enough of them.
  process.stdout.on('error', () => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
  try {
    const { deployed, last, follow } = options;
    const lines = deployed
      ? await linesOf(deployed, { last, follow })
      : localLines(stateDirOf(options), { last, follow });
    for await (const line of lines) {
      const isWanted = pretty(line, options);
      if (isWanted !== undefined) console.log(options.raw ? line.text : isWanted);
    }
    return 0;
  } catch (error) {
    console.error(`npm run logs: ${(error as Error).message}`);
    return 1;
  }
}

/** Of the running `npm start`; after its end, the usual folder has its last lines. */
function stateDirOf({ stateDir, port }: LogsOptions): string {
  const usual = path.join(ownRoot, DEFAULT_STATE_DIR);
  if (stateDir !== undefined) return path.resolve(ownRoot, stateDir);
  const isOneRunning = port !== undefined || allRunning().some((each) => each.root === ownRoot);
  return isOneRunning ? (findRunning(ownRoot, port).stateDir ?? usual) : usual;
}

async function linesOf(
  { stage, topic, sinceMs }: NonNullable<LogsOptions['deployed']>,
  options: Pick<LogsOptions, 'last' | 'follow'>,
): Promise<AsyncIterable<Line>> {
  loadEnvFile(ownRoot, stage);
  const service = serviceName(ownRoot);
  const { CLS_TOPIC_ID, CLOUDBASE_ENV_ID: envId } = process.env;
  const api = cloudApiFrom(process.env);
  const source = topic
    ? { topicId: topic }
    : await findSource(api, { service, stage, topicId: CLS_TOPIC_ID || undefined, envId });
  return deployedLines({ ...options, api, source, service, stage, sinceMs });
}
