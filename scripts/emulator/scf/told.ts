import { channel } from 'node:diagnostics_channel';

const told = channel('fuwuhao.emulator');
const SECRET_VARIABLE = /SECRET|TOKEN|KEY|WEBHOOK/;

/** Tells who listens in this process, as the tests do, of every line that an instance writes. */
export function tellLine(line: string): void {
  if (told.hasSubscribers) told.publish({ line });
}

/** The same of what must be in none of them: the secrets that an instance is given. */
export function tellSecrets(variables: Readonly<Record<string, string>>): void {
  for (const [name, secret] of Object.entries(variables)) {
    if (told.hasSubscribers && SECRET_VARIABLE.test(name)) told.publish({ secret });
  }
}
