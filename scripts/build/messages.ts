import path from 'node:path';
import { formatMessagesSync, type Message } from 'esbuild';
import { sourcesOf } from '../project/root.ts';

/** How the bundler calls the place of real files. */
const ON_DISK = ['', 'file'];

/** What the bundler says, with files named from the root of the project, as its author knows them. */
export function formatErrors(root: string, errors: readonly Message[]): string {
  const sources = sourcesOf(root);
  const named = errors.map((error) => {
    const { location } = error;
    if (!location || !ON_DISK.includes(location.namespace)) return error;
    const file = path.relative(root, path.resolve(sources, location.file));
    return { ...error, location: { ...location, file } };
  });
  return formatMessagesSync(named, { kind: 'error', color: false }).join('').trimEnd();
}
