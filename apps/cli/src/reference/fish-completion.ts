import type { CommandInfo, WordKind } from './describe-command.ts';

/** A script that completes the program's command lines in fish. */
export function fishCompletion(program: string, commands: readonly CommandInfo[]): string {
  const complete = `complete -c ${program}`;
  const lines = commands.flatMap(({ name, summary, options, arguments: [first] }) => [
    `${complete} -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
    ...options.map(
      ({ long, description, value }) =>
        `${complete} -n ${within(name)} -l ${long.slice(2)}${value ? ` ${taking(value)}` : ''} -d ${quote(description)}`,
    ),
    `${complete} -n ${within(name)} -l help -d 'show help'`,
    ...(first && first.value.kind !== 'any' ? [`${complete} -n ${within(name)} ${being(first.value)}`] : []),
  ]);
  return [`# Completion of ${program} for fish.`, `${complete} -f`, ...lines, ''].join('\n');
}

function within(command: string): string {
  return `'__fish_seen_subcommand_from ${command}'`;
}

const FOLDERS = "'(__fish_complete_directories)'";

/** An option's value. */
function taking(value: WordKind): string {
  switch (value.kind) {
    case 'words':
      return `-x -a '${value.words.join(' ')}'`;
    case 'file':
      return '-r -F';
    case 'folder':
      return `-x -a ${FOLDERS}`;
    default:
      return '-x';
  }
}

/** A word of its own. */
function being(value: WordKind): string {
  if (value.kind === 'words') return `-a '${value.words.join(' ')}'`;
  return value.kind === 'file' ? '-F' : `-a ${FOLDERS}`;
}

function quote(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
