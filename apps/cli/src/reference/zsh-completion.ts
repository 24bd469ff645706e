import type { CommandInfo, WordKind } from './describe-command.ts';

/** A script that completes the program's command lines in zsh, as a file of `fpath` or sourced. */
export function zshCompletion(program: string, commands: readonly CommandInfo[]): string {
  const functionName = `_${program}`;
  return `#compdef ${program}
# Completion of ${program} for zsh.
${functionName}() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join('\n')}
  )
  _arguments -C '--help[show help]' '--version[show the version]' '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe -t commands command commands ;;
    argument)
      case $words[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = ${functionName} ]; then ${functionName} "$@"; else compdef ${functionName} ${program}; fi
`;
}

function commandCase({ name, options, arguments: args }: CommandInfo): string {
  const specs = [
    ...options.map(({ long, description, value }) => {
      const text = description.replace(/[[\]:\\]/g, '\\$&');
      const many = description.includes('may be given again') ? '*' : '';
      return `${many}${long}[${text}]${value ? `:value:${action(value)}` : ''}`;
    }),
    '--help[show help]',
    ...args.map(({ usage, value }, i) => {
      const what = usage.replace(/\W/g, '');
      return `${usage.includes('...') ? '*' : i + 1}:${what}:${action(value)}`;
    }),
  ];
  return [
    `        ${name})`,
    `          _arguments ${specs.map(quote).join(' \\\n            ')}`,
    '          ;;',
  ].join('\n');
}

function action(value: WordKind): string {
  switch (value.kind) {
    case 'words':
      return `(${value.words.join(' ')})`;
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    default:
      return ' ';
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
