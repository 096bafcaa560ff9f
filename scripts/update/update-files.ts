import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ciNamed } from '../new/ci-files.ts';
import { followedFiles } from '../new/followed-files.ts';
import { noteWritten, readWritten } from '../new/written.ts';
import { readVariables } from '../project/account.ts';
import { ownAccount } from '../project/root.ts';
import { withVariables } from '../project/variable-files.ts';
import { merge } from './merge.ts';
import { mergeJson } from './merge-json.ts';

export interface UpdatedFile {
  readonly name: string;
  /** Places that the author has to decide about. */
  readonly conflicts: number;
}

/**
 * Brings what fuwuhao has changed since the last time into the files of a bot; what their author has
 * changed in them stays, and so does that a file was removed. Gives those that are not as they were.
 *
 * @throws Error if the account cannot be read, or there is no git
 */
export async function updateFiles(folder: string): Promise<readonly UpdatedFile[]> {
  const written = readWritten(folder);
  const { dependencies } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    readonly dependencies: { readonly fuwuhao: string };
  };
  const files = followedFiles({
    folder,
    from: dependencies.fuwuhao,
    ci: ciNamed(written.ci),
  });
  const variables = await readVariables(folder, ownAccount(folder));
  const updated = Object.entries(files).flatMap(([name, theirs]): readonly UpdatedFile[] => {
    const file = path.join(folder, name);
    const base = written.files[name];
    if (!existsSync(file)) {
      // One that its author has removed.
      if (base !== undefined) return [];
      mkdirSync(path.dirname(file), { recursive: true });
    }
    const is = existsSync(file) ? readFileSync(file, 'utf8') : theirs;
    // The account's own variables stand where fuwuhao adds its settings, and can be written anew.
    const own = withVariables(folder, name, is, {});
    const combine = name === 'package.json' ? mergeJson : merge;
    const { text, conflicts } = combine({ own, base: base ?? '', theirs });
    const shouldBe = conflicts > 0 ? text : withVariables(folder, name, text, variables);
    if (existsSync(file) && shouldBe === is) return [];
    writeFileSync(file, shouldBe);
    return [{ name, conflicts }];
  });
  noteWritten(folder, { ci: written.ci, files });
  return updated;
}
