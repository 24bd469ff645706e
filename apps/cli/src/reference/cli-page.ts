import type { CommandInfo, OptionInfo } from './describe-command.ts';

const HEAD = `# The command line

Every command with its options and two examples, as \`latentkit <command> --help\` has them. This page is made from the commands:
\`pnpm docs:cli\`. In this repository, \`pnpm app:cli\` stands for \`latentkit\`. What holds for all commands (stdout is data, exit codes,
signals, a run's files) is in the [README](../apps/cli/README.md).
`;

/** The page of all commands, in Markdown. */
export function cliPage(commands: readonly CommandInfo[]): string {
  const list = commands.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${prose(summary)} |`);
  return [
    HEAD,
    ['| command | what it does |', '| --- | --- |', ...list, ''].join('\n'),
    ...commands.map(section),
  ].join('\n');
}

function section({ name, description, arguments: args, options, after }: CommandInfo): string {
  const groups = Map.groupBy(options, ({ group }) => group);
  const usage = ['latentkit', name, ...args.map((one) => one.usage), '[options]'].join(' ');
  const tables = [...groups].map(([group, some]) => table(group, some));
  return [
    `## ${name}\n`,
    `${prose(description)}\n`,
    `\`\`\`sh\n${usage}\n\`\`\`\n`,
    ...(args.length === 0
      ? []
      : [[...head('argument'), ...args.map((one) => row(one.usage, one.description)), ''].join('\n')]),
    ...tables,
    ...after.split(/\n(?=\S)/).map(paragraph),
  ].join('\n');
}

function table(group: string, options: readonly OptionInfo[]): string {
  const rows = options.map(({ flags, description, defaultValue }) =>
    row(flags, defaultValue === undefined ? description : `${description} (default: ${defaultValue})`),
  );
  return [...head(group === 'Options' ? 'option' : group.toLowerCase()), ...rows, ''].join('\n');
}

function head(what: string): string[] {
  return [`| ${what} | meaning |`, '| --- | --- |'];
}

function row(code: string, text: string): string {
  return `| \`${cell(code)}\` | ${prose(text)} |`;
}

/** A heading with its indented lines, which are for a shell. */
function paragraph(text: string): string {
  const [title, ...lines] = text.split('\n');
  return `${title}\n\n\`\`\`sh\n${lines
    .map((line) => line.trim())
    .join('\n')
    .trim()}\n\`\`\`\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** What stands in angle brackets would be HTML. */
function prose(text: string): string {
  return cell(text).replaceAll('<', '&lt;');
}
