import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** A file of the checkout that follows from others, as it is and as it should be. */
export interface MadeFile {
  readonly name: string;
  /** Undefined if it is not there. */
  readonly is: string | undefined;
  readonly shouldBe: string;
}

/** A command that writes such files anew. */
export interface FileWriter {
  readonly root: string;
  readonly command: string;
  /** What it does, in sentences of the help. */
  readonly about: string;
  readonly files: () => Promise<readonly MadeFile[]>;
  /** What it says when there was nothing to write. */
  readonly allCurrent: string;
}

/** Runs the command by its arguments. @returns the exit code */
export async function writeFiles(
  args: readonly string[],
  { root, command, about, files, allCurrent }: FileWriter,
): Promise<number> {
  const help = `Usage: ${command} -- [options]

${about}

  --check  write nothing; exit code 1 if a file is not current
  --json   print the names of the files as JSON
  --help   print this`;
  const flag = { type: 'boolean', default: false } as const;
  let values: { readonly check: boolean; readonly json: boolean; readonly help: boolean };
  try {
    const options = { check: flag, json: flag, help: flag };
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return 2;
  }
  if (values.help) {
    console.log(help);
    return 0;
  }
  try {
    const changed = (await files()).filter(({ is, shouldBe }) => is !== shouldBe);
    if (!values.check) {
      for (const { name, shouldBe } of changed) writeFileSync(path.join(root, name), shouldBe);
    }
    const names = changed.map(({ name }) => name);
    if (values.json) console.log(JSON.stringify({ changed: names, written: !values.check }));
    else if (names.length === 0) console.log(allCurrent);
    else if (!values.check) console.log(`Written: ${names.join(', ')}.`);
    else console.error(`Not current: ${names.join(', ')}. Run \`${command}\`.`);
    return values.check && names.length > 0 ? 1 : 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
