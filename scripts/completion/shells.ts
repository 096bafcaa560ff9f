import type { Rule } from './rules.ts';

/** Makes the completion script of each shell from the same rules. */
export const shells = { bash, zsh, fish } as const;
export type Shell = keyof typeof shells;

/** Only in a checkout of this project and in the folder of a bot: elsewhere `npm` is completed as before. */
const IS_HERE =
  'test -f serverless.yml -a -f scripts/run.mjs -o -f node_modules/fuwuhao/scripts/run.mjs';

function bash(rules: readonly Rule[]): string {
  return `# eval "$(npm run -s completion -- bash)" in ~/.bashrc
_fuwuhao_npm() {
  local line="\${COMP_LINE:0:COMP_POINT}" current before candidates
  current="\${line##*[[:space:]]}"
  before="\${line%"$current"}"
  before="$(printf '%s' "$before" | tr -s '[:space:]' ' ')"
  before="\${before% }"
  if ! { ${IS_HERE}; }; then
    declare -F _npm_completion >/dev/null && _npm_completion
    return
  fi
${posixCase(rules)}
  COMPREPLY=($(compgen -W "$candidates" -- "$current"))
  # bash takes a colon for the end of a word, and completes only what comes after it.
  if [[ "$current" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
    COMPREPLY=("\${COMPREPLY[@]#"\${current%"\${current##*:}"}"}")
  fi
}
complete -o default -F _fuwuhao_npm npm
`;
}

function zsh(rules: readonly Rule[]): string {
  return `# eval "$(npm run -s completion -- zsh)" in ~/.zshrc, after compinit
_fuwuhao_npm() {
  local before="\${(j: :)words[1,CURRENT-1]}" candidates
  if ! { ${IS_HERE}; }; then
    (( $+functions[_npm] )) && _npm
    return
  fi
${posixCase(rules)}
  if [[ -n "$candidates" ]]; then
    compadd -- \${=candidates}
  else
    _files
  fi
}
compdef _fuwuhao_npm npm
`;
}

function fish(rules: readonly Rule[]): string {
  const cases = rules.map(
    ({ after, isPrefix, words }) =>
      `    case '${after}'${isPrefix ? ` '${after} *'` : ''}\n      printf '%s\\n' ${words.join(' ')}`,
  );
  return `# npm run -s completion -- fish | source in ~/.config/fish/config.fish
function __fuwuhao_npm
  switch (string join -- ' ' (commandline -opc))
${cases.join('\n')}
  end
end
complete -c npm -n '${IS_HERE}' -a '(__fuwuhao_npm)'
`;
}

/** Sets `candidates` by what stands `before`, in the words of both bash and zsh. */
function posixCase(rules: readonly Rule[]): string {
  const cases = rules.map(
    ({ after, isPrefix, words }) =>
      `    "${after}"${isPrefix ? ` | "${after} "*` : ''}) candidates="${words.join(' ')}" ;;`,
  );
  return ['  case "$before" in', ...cases, '    *) candidates="" ;;', '  esac'].join('\n');
}
