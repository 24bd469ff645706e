// `pnpm docs:cli`: writes docs/cli.md from the commands.
import { writeFileSync } from 'node:fs';
import { loadCommands } from '../dist/commands.js';
import { cliPage } from '../dist/reference/cli-page.js';
import { describeCommand } from '../dist/reference/describe-command.js';

const page = new URL('../../../docs/cli.md', import.meta.url);
writeFileSync(page, cliPage((await loadCommands()).map(describeCommand)));
console.log('Wrote docs/cli.md');
