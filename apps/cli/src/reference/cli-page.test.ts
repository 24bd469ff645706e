import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadCommands } from '../commands.ts';
import { cliPage } from './cli-page.ts';
import { describeCommand } from './describe-command.ts';

const page = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8');

it('docs/cli.md is what the commands say; pnpm docs:cli writes it anew', async () => {
  expect(page).toBe(cliPage((await loadCommands()).map(describeCommand)));
});

it('has every command with its arguments, every option, and both examples', async () => {
  for (const command of await loadCommands()) {
    const name = command.name();
    const section = page.split('\n## ').find((one) => one.startsWith(`${name}\n`))!;
    for (const { flags, description, hidden } of command.options) {
      if (hidden) continue; // it serves the checks of the lab
      const text = description.replaceAll('|', '\\|').replaceAll('<', '&lt;');
      expect(section).toContain(`| \`${flags.replaceAll('|', '\\|')}\` | ${text}`);
    }
    for (const argument of command.registeredArguments) expect(section).toContain(argument.description);
    const examples = section.split('Examples:\n\n```sh\n')[1]!.split('\n```')[0]!.split('\n');
    expect(examples).toHaveLength(2);
    for (const example of examples) expect(example).toMatch(/^latentkit \w+/);
  }
});
