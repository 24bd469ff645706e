import type { CommandInfo, WordKind } from './describe-command.ts';

/** A script that completes the program's command lines in bash, 3.2 and later. */
export function bashCompletion(program: string, commands: readonly CommandInfo[]): string {
  const functionName = `_${program.replace(/\W/g, '_')}`;
  const names = commands.map(({ name }) => name);
  return `# Completion of ${program} for bash.
${functionName}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' i IFS=$'\\n'
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      -*) ;;
      *) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case "$command $prev" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case $command in
    '') COMPREPLY=($(compgen -W $'${[...names, '--help', '--version'].join('\\n')}' -- "$cur")) ;;
${commands.map(commandCase).join('\n')}
  esac
}
complete -F ${functionName} ${program}
`;
}

/** After an option that takes a value: what that may be. */
function valueCases({ name, options }: CommandInfo): string[] {
  return options.flatMap(({ long, value }) =>
    value ? [`    '${name} ${long}') ${reply(value)}; return ;;`] : [],
  );
}

/** Options where a dash was begun, else what the command is over. */
function commandCase({ name, options, arguments: [first] }: CommandInfo): string {
  const flags = [...options.map(({ long }) => long), '--help'].join('\\n');
  const dashed = `COMPREPLY=($(compgen -W $'${flags}' -- "$cur"))`;
  if (!first || first.value.kind === 'any') return `    ${name}) ${dashed} ;;`;
  return `    ${name}) if [[ $cur == -* ]]; then ${dashed}; else ${reply(first.value)}; fi ;;`;
}

function reply(value: WordKind): string {
  switch (value.kind) {
    case 'words':
      return `COMPREPLY=($(compgen -W $'${value.words.join('\\n')}' -- "$cur"))`;
    case 'file':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';
    case 'folder':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur"))';
    default:
      return ':';
  }
}
