import { expect, it } from 'vitest';
import { programName } from './program-name.ts';

it.each([
  ['latentkit', {}],
  ['latentkit', { npm_lifecycle_event: 'start', npm_execpath: '/usr/lib/node_modules/pnpm/pnpm' }],
  ['pnpm app:cli', { npm_lifecycle_event: 'app:cli' }],
  ['pnpm app:cli', { npm_lifecycle_event: 'app:cli', npm_execpath: '/usr/lib/node_modules/pnpm/pnpm' }],
  [
    'npx -y pnpm@12 app:cli',
    { npm_lifecycle_event: 'app:cli', npm_execpath: '/home/ada/.npm/_npx/43070e88/node_modules/pnpm/pnpm' },
  ],
  [
    'npx -y pnpm@12 app:cli',
    {
      npm_lifecycle_event: 'app:cli',
      npm_execpath: 'C:\\Users\\Ada\\npm-cache\\_npx\\43070e88\\node_modules\\pnpm\\pnpm',
    },
  ],
])('is %s to whoever started it by %o', (name, env) => {
  expect(programName(env)).toBe(name);
});
