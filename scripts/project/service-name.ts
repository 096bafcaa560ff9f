import { readFileSync } from 'node:fs';
import path from 'node:path';

/** As SCF takes it at the beginning of a function's name. */
const LINE = /^service: *(['"]?)([A-Za-z][A-Za-z0-9_-]*)\1 *(?:#.*)?$/m;

/**
 * The `service` of the serverless.yml in `root`, with which the names of deployed functions, of their role
 * and of their logs begin.
 *
 * @throws Error that says what to write if there is none, or none that stands there as it is
 */
export function serviceName(root: string): string {
  const name = LINE.exec(readFileSync(path.join(root, 'serverless.yml'), 'utf8'))?.[2];
  if (name !== undefined) return name;
  throw new Error(
    'serverless.yml needs a line such as "service: my-bot", of letters, digits, "-" and "_": the names of functions begin with it.',
  );
}

/** A serverless.yml for the service of this name. */
export function withServiceName(serverlessYml: string, name: string): string {
  return serverlessYml.replace(LINE, `service: ${name}`);
}

/** Names of functions have 60 characters at most, and a stage and a function are behind it. */
const LONGEST = 30;

/** The name of a service for a bot in a folder of this name. */
export function serviceNameFor(folder: string): string {
  const name = folder
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, LONGEST)
    .replace(/[-_]+$/, '');
  return name || 'my-bot';
}
