import { completionRules } from './rules.ts';
import { type Shell, shells } from './shells.ts';

const HELP = `Usage: npm run -s completion -- <shell>

Prints a script that lets a shell complete this project's commands: npm run <command>, the functions and
actions of npm run invoke, and options. In other folders npm is completed as before.

  bash   eval "$(npm run -s completion -- bash)"       in ~/.bashrc
  zsh    eval "$(npm run -s completion -- zsh)"        in ~/.zshrc, after compinit
  fish   npm run -s completion -- fish | source        in ~/.config/fish/config.fish
  --help print this

There it needs the folder of this project: put a cd into $( … ), or keep the script in a file.`;

process.exitCode = main(process.argv.slice(2));

function main([shell, ...more]: readonly string[]): number {
  if (shell === '--help') {
    console.log(HELP);
    return 0;
  }
  if (shell === undefined || !Object.hasOwn(shells, shell) || more.length > 0) {
    console.error(`Name one shell of ${Object.keys(shells).join(', ')}.\n\n${HELP}`);
    return 2;
  }
  process.stdout.write(shells[shell as Shell](completionRules()));
  return 0;
}
