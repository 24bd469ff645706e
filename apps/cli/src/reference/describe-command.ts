import type { Argument, Command, Option } from 'commander';
import { NAMES } from '../names.ts';

/** What a word of a command line may be. */
export type WordKind =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'file' | 'folder' | 'any' };

export interface OptionInfo {
  /** As help has it: `--recipe <name>`. */
  readonly flags: string;
  readonly long: string;
  readonly description: string;
  /** The heading it stands under. */
  readonly group: string;
  /** What its value may be; none where it takes none. */
  readonly value?: WordKind;
  readonly defaultValue?: unknown;
}

export interface ArgumentInfo {
  /** `<run>`, `[recipe...]`. */
  readonly usage: string;
  readonly description: string;
  readonly value: WordKind;
}

/** A command as data, for completions and for the page of the command line. */
export interface CommandInfo {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly arguments: readonly ArgumentInfo[];
  readonly options: readonly OptionInfo[];
  /** What its help says behind the options. */
  readonly after: string;
}

/** The words that there are for a placeholder or an option of a name. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  recipe: NAMES.recipes,
  dataset: NAMES.datasets,
  objective: NAMES.objectives,
  methods: NAMES.methods,
};
const FILES = ['file', 'path', 'source'];
const FOLDERS = ['dir', 'folder', 'run'];

/** Reads a command of commander's, which is of no use for its own help afterwards. */
export function describeCommand(command: Command): CommandInfo {
  const help: string[] = [];
  command.configureOutput({ writeOut: (text) => void help.push(text) }).outputHelp();
  return {
    name: command.name(),
    summary: command.summary(),
    description: command.description(),
    arguments: command.registeredArguments.map(describeArgument),
    options: command.options.filter(({ hidden }) => !hidden).map(describeOption),
    after: help.join('').slice(command.helpInformation().length).trim(),
  };
}

function describeArgument(argument: Argument): ArgumentInfo {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  const { argChoices } = argument;
  return {
    usage: argument.required ? `<${name}>` : `[${name}]`,
    description: argument.description,
    value: argChoices ? { kind: 'words', words: argChoices } : kindOf(argument.name()),
  };
}

function describeOption(option: Option): OptionInfo {
  const { flags, long, description, helpGroupHeading, defaultValue, argChoices, required, optional } = option;
  const name = long!.slice(2);
  const [, placeholder] = /[<[]([^>\]]+)/.exec(flags) ?? [];
  const words =
    argChoices ?? WORDS[name] ?? (placeholder?.includes('|') ? placeholder.split('|') : undefined);
  const value: WordKind = words ? { kind: 'words', words } : kindOf(placeholder ?? '');
  return {
    ...{ flags, long: long!, description, group: (helpGroupHeading ?? 'Options:').replace(/:$/, '') },
    ...((required || optional) && { value }),
    ...(defaultValue !== undefined && typeof defaultValue !== 'boolean' && { defaultValue }),
  };
}

function kindOf(placeholder: string): WordKind {
  if (FILES.includes(placeholder)) return { kind: 'file' };
  if (FOLDERS.includes(placeholder)) return { kind: 'folder' };
  const words = WORDS[placeholder];
  return words ? { kind: 'words', words } : { kind: 'any' };
}
